/** Blocks whose characters take two columns of a terminal: what cli-table3 counts as wide. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += WIDE.test(char) ? 2 : 1;
  return width;
}

/** Marks that must not begin a line: they hang over its end instead. */
const CLOSING = /^[，。、；：？！）》”’％%,.;:?!)]$/u;
const WORD = /[\p{L}\p{N}._-]/u;

/** Breaks a text into lines of at most `width` columns: anywhere between CJK characters, not in words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    const fits = displayWidth(line) + displayWidth(piece) <= width;
    if (fits || line === '' || CLOSING.test(piece)) {
      line += piece;
      continue;
    }
    lines.push(line.trimEnd());
    line = piece.trimStart();
  }
  return [...lines, line].flatMap((l) => cut(l, width));
}

/** Characters, but runs of narrow letters and digits together. */
function pieces(text: string): readonly string[] {
  const found: string[] = [];
  for (const char of text) {
    const last = found.at(-1);
    const joins =
      last !== undefined && WORD.test(char) && !WIDE.test(char) && WORD.test(last) && !WIDE.test(last);
    if (joins) found[found.length - 1] = last + char;
    else found.push(char);
  }
  return found;
}

/** A word longer than a line is cut. */
function cut(line: string, width: number): readonly string[] {
  if (displayWidth(line) <= width + 2) return [line];
  const parts = [''];
  for (const char of line) {
    if (displayWidth(parts.at(-1)! + char) > width) parts.push('');
    parts[parts.length - 1] += char;
  }
  return parts;
}
