/** What is to be done once all specs have run, such as stopping what several of them share. */
export const atEnd: (() => Promise<void>)[] = []
