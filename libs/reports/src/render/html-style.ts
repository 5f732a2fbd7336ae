/** The look of a printed form: black lines, Song type, headings in Hei, amounts under each other. */
export const HTML_STYLE = `
@page { size: A4; margin: 12mm; }
@page across { size: A4 landscape; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 0; background: #eceef0; color: #000;
  font: 10.5pt/1.4 'Songti SC', SimSun, 'Noto Serif CJK SC', 'Source Han Serif SC', serif; }
section { width: 210mm; max-width: 100%; margin: 8mm auto; padding: 14mm 12mm; background: #fff;
  box-shadow: 0 1px 6px rgb(0 0 0 / 18%); overflow-x: auto; }
section.across { width: 297mm; page: across; }
section + section { break-before: page; }
h1, h2, th, .caption { font-family: 'Heiti SC', SimHei, 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif; }
h1 { margin: 0 0 5mm; font-size: 17pt; font-weight: 600; text-align: center; text-wrap: balance; }
h2 { margin: 0 0 2mm; font-size: 14pt; font-weight: 600; text-align: center; }
.caption { margin: 0 0 1mm; font-size: 12pt; }
.number { margin: 0; text-align: right; }
.heading { display: flex; justify-content: space-between; gap: 1em; margin: 0 0 1.5mm; }
table { width: 100%; border-collapse: collapse; }
.sheet table { table-layout: fixed; }
tr { break-inside: avoid; }
th, td { border: 1px solid #000; padding: 1mm 1.6mm; overflow-wrap: anywhere; vertical-align: middle; }
th { font-weight: 500; text-align: center; }
th[rowspan] { text-wrap: balance; }
th[scope='row'] { font-family: inherit; font-weight: 400; text-align: left; }
td { white-space: pre-line; }
td.left { text-align: left; }
td.center { text-align: center; }
td.right { text-align: right; white-space: nowrap; overflow-wrap: normal; font-variant-numeric: tabular-nums; }
.l1 { text-indent: 1em; }
.l2 { text-indent: 2em; }
.l3 { text-indent: 3em; }
.total > * { font-weight: 600; }
.total > th[scope='row'] { font-weight: 600; text-align: center; }
.dense { font-size: 9.5pt; }
.dense th, .dense td { padding: .4mm 1mm; line-height: 1.3; }
.form { font-size: 9.5pt; line-height: 1.3; }
.form h1 { margin-bottom: 3mm; }
.form th, .form td { padding: .8mm 1.2mm; }
.sheet { border: 1px solid #000; }
.sheet th, .sheet td { border-width: 0 1px 1px 0; }
.sheet tr > :last-child { border-right-width: 0; }
.sheet > table:last-child tbody tr:last-child > *, .band table:last-child tbody tr:last-child > * { border-bottom-width: 0; }
.band { display: grid; grid-template-columns: 4.6em minmax(0, 1fr); border-bottom: 1px solid #000; }
.band:last-child { border-bottom: 0; }
.band-label { display: grid; place-items: center; padding: 1mm; border-right: 1px solid #000; text-align: center; text-wrap: balance; }
.notes { margin: 3mm 0 0; padding: 0; list-style: none; font-size: 9.5pt; }
.signature { display: flex; justify-content: space-between; margin: 6mm 0 0; }
.signature span { min-width: 9em; }
footer { margin-top: 5mm; color: #555; font-size: 8pt; text-align: right; }
@media print {
  body { background: none; }
  section, section.across { width: auto; margin: 0; padding: 0; box-shadow: none; overflow: visible; }
}
@media screen and (max-width: 60rem) { section { padding: 5mm; } }
`;
