/** SQL for a text in a CSV file: one that a spreadsheet would run as a formula gets an apostrophe before it. */
export const harmlessCell = (text: string): string =>
  `if(match(${text}, '^[=+\\\\-@\\\\t\\\\r\\\\n]'), concat('\\'', ${text}), ${text})`
