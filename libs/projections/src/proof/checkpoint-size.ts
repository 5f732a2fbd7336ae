/** The number of events that a checkpoint is of, whoever signed it; undefined where the text is none. */
export function sizeOfCheckpoint(note: string): number | undefined {
  const size = note.split('\n')[1] ?? '';
  return /^(0|[1-9]\d{0,15})$/.test(size) ? Number(size) : undefined;
}
