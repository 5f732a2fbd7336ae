/** The look of a printed form: black lines, Song type, headings in Hei, amounts under each other. */
export const stylesFor = (across: boolean): string => `
@page { size: A4${across ? ' landscape' : ''}; margin: 15mm 12mm; }
* { box-sizing: border-box; }
body { margin: 0; background: #eceef0; color: #000;
  font: 10.5pt/1.45 'Songti SC', SimSun, 'Noto Serif CJK SC', 'Source Han Serif SC', serif; }
main { width: ${across ? 273 : 186}mm; max-width: 100%; margin: 8mm auto; padding: 14mm 12mm; box-sizing: content-box;
  background: #fff; box-shadow: 0 1px 6px rgb(0 0 0 / 18%); }
h1, h2, th, .caption { font-family: 'Heiti SC', SimHei, 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif; }
h1 { margin: 0 0 6mm; font-size: 17pt; font-weight: 600; text-align: center; text-wrap: balance; }
h2 { margin: 0 0 2mm; font-size: 14pt; font-weight: 600; text-align: center; }
.caption { margin: 0 0 2mm; font-size: 12pt; }
.number { margin: 0; text-align: right; }
.heading { display: flex; justify-content: space-between; gap: 1em; margin: 0 0 1.5mm; }
section + section { margin-top: 14mm; break-before: page; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 1px solid #000; padding: 1.1mm 1.6mm; overflow-wrap: anywhere; vertical-align: middle; }
th { font-weight: 500; text-align: center; }
th[scope='row'] { font-family: inherit; font-weight: 400; text-align: left; }
td { white-space: pre-line; }
td.left { text-align: left; }
td.center { text-align: center; }
td.right { text-align: right; font-variant-numeric: tabular-nums; }
.l1 { padding-left: 1.6mm; text-indent: 1em; }
.l2 { padding-left: 1.6mm; text-indent: 2em; }
.l3 { padding-left: 1.6mm; text-indent: 3em; }
.total > * { font-weight: 600; }
.total > th[scope='row'] { font-weight: 600; text-align: center; }
.sheet { border: 1px solid #000; }
.sheet table { margin: 0; }
.sheet table th, .sheet table td { border-width: 0 1px 1px 0; }
.sheet table tr > :last-child { border-right-width: 0; }
.sheet > :last-child tbody tr:last-child > *, .sheet > .band:last-child table:last-child tr:last-child > * { border-bottom-width: 0; }
.band { display: grid; grid-template-columns: 6em minmax(0, 1fr); border-bottom: 1px solid #000; }
.band:last-child { border-bottom: 0; }
.band-label { display: grid; place-items: center; padding: 1mm; border-right: 1px solid #000; text-align: center; }
.band table:last-child tbody tr:last-child > * { border-bottom-width: 0; }
.notes { margin: 3mm 0 0; padding: 0; list-style: none; font-size: 9.5pt; }
.signature { display: flex; justify-content: space-between; margin: 8mm 0 0; }
.signature span { min-width: 9em; }
footer { margin-top: 6mm; color: #555; font-size: 8pt; text-align: right; }
@media print { body { background: none; } main { width: auto; margin: 0; padding: 0; box-shadow: none; } }
@media screen and (max-width: 60rem) { main { padding: 5mm; } .sheet, section { overflow-x: auto; } }
`;
