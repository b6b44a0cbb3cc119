/** Sets of numbers 0, 1, 2 … that are joined with each other, for as many as memory holds. */
export class UnionFind {
  #parents = new Int32Array(1024)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Adds the next number, as a set of its own. */
  add(): number {
    if (this.#size === this.#parents.length) {
      const larger = new Int32Array(this.#parents.length * 2)
      larger.set(this.#parents)
      this.#parents = larger
    }
    this.#parents[this.#size] = this.#size
    return this.#size++
  }

  /** The number that stands for the set. */
  find(item: number): number {
    let root = item
    while (this.#parents[root] !== root) {
      // Halves the path on the way, so that the next one is shorter.
      const parent = this.#parents[root] ?? root
      this.#parents[root] = this.#parents[parent] ?? parent
      root = this.#parents[root] ?? parent
    }
    return root
  }

  join(one: number, other: number): void {
    const first = this.find(one)
    const second = this.find(other)
    if (first === second) return
    this.#parents[Math.max(first, second)] = Math.min(first, second)
  }
}
