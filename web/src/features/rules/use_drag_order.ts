import { useState, type DragEvent } from 'react'

/** Marks what is dragged as a rule of this list, so that files and texts are not taken for one. */
const TYPE = 'application/x-af-rule'

/** An item of a list that is ordered by dragging: its handle, and the place others are dropped on. */
export function useDragOrder(index: number, onMove: (from: number, to: number) => void) {
  const [isOver, setIsOver] = useState(false)
  return {
    isOver,
    handle: {
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.setData(TYPE, String(index))
        event.dataTransfer.effectAllowed = 'move'
      },
    },
    target: {
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes(TYPE)) return
        event.preventDefault()
        setIsOver(true)
      },
      onDragLeave: () => setIsOver(false),
      onDrop: (event: DragEvent) => {
        setIsOver(false)
        const from = event.dataTransfer.getData(TYPE)
        if (from === '') return
        event.preventDefault()
        onMove(Number(from), index)
      },
    },
  }
}
