/** Blocks whose characters take two columns of a terminal: what cli-table3 counts as wide. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += WIDE.test(char) ? 2 : 1;
  return width;
}

const WORD = /[\p{L}\p{N}._-]/u;
/** Marks that never begin a line, and marks that never end one. */
const CLOSING = /[，。、；：？！）》”’％%,.;:?!)]/u;
const OPENING = /[（《“‘(]/u;

/** Breaks a text into lines of at most `width` columns: anywhere between CJK characters, not in words. */
export function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const piece of pieces(text).flatMap((p) => cut(p, width))) {
    const line = lines.at(-1)!;
    if (line === '' || displayWidth(line) + displayWidth(piece) <= width)
      lines[lines.length - 1] = line + piece;
    else lines.push(piece.trimStart());
  }
  return lines.map((line) => line.trimEnd());
}

/** The columns that a text needs so that nothing in it is cut. */
export const longestPiece = (text: string): number =>
  Math.max(0, ...pieces(text).map((piece) => displayWidth(piece)));

/** As `wrap`, in as many lines, but lines of like length: for headings. */
export function wrapEvenly(text: string, width: number): string[] {
  const { length } = wrap(text, width);
  let narrowest = width;
  while (narrowest > longestPiece(text) && wrap(text, narrowest - 1).length === length)
    narrowest -= 1;
  return wrap(text, narrowest);
}

/** What stays together: runs of narrow letters and digits, and a character with the marks around it. */
function pieces(text: string): readonly string[] {
  const found: string[] = [];
  for (const char of text) {
    const last = found.at(-1);
    if (last !== undefined && staysTogether([...last].at(-1)!, char))
      found[found.length - 1] = last + char;
    else found.push(char);
  }
  return found;
}

const isWord = (char: string): boolean => WORD.test(char) && !WIDE.test(char);

const staysTogether = (before: string, char: string): boolean =>
  (isWord(before) && isWord(char)) ||
  OPENING.test(before) ||
  (CLOSING.test(char) && before !== ' ');

/** A piece that is longer than a line is cut. */
function cut(piece: string, width: number): readonly string[] {
  if (displayWidth(piece) <= width) return [piece];
  const parts = [''];
  for (const char of piece) {
    if (displayWidth(parts.at(-1)! + char) > width) parts.push('');
    parts[parts.length - 1] += char;
  }
  return parts;
}

/** A text filled up with spaces to a width. */
export function padded(text: string, width: number, align: 'left' | 'center' | 'right'): string {
  const space = Math.max(0, width - displayWidth(text));
  const before = align === 'left' ? 0 : align === 'right' ? space : Math.floor(space / 2);
  return ' '.repeat(before) + text + ' '.repeat(space - before);
}
