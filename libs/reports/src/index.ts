export type {
  Align,
  AmountUnit,
  Cell,
  Column,
  Lang,
  Report,
  Row,
  RowHeader,
  RowKind,
  Table,
} from './model.js';
export type { Template } from './template.js';
export type { FillOptions } from './fill/context.js';
export { fill } from './fill/fill.js';
export { makeReport, REPORTS, type ReportEntry, type ReportKind } from './catalogue.js';
export { findCell } from './find-cell.js';
export { formOf, type Form, type FormRow, type FormTable } from './form.js';
export { toJson, type JsonReport } from './to-json.js';
export { render, REPORT_FORMATS, type ReportFormat } from './render/render.js';
export { reportOf, type ReportOptions } from './report-of.js';
export { compareReports, type CellDifference } from './compare.js';
export {
  bookChecks,
  openAllocations,
  type ClosingCheck,
  type OpenAllocation,
  checkIn,
} from './closing-checks.js';
export {
  closeCommandOf,
  rehearseClosing,
  remainderJson,
  type ClosingRehearsal,
  type ClosingWishes,
} from './rehearse-closing.js';
export { figuresHashOf } from './figures-hash.js';
export { publicationsOf, type Publication } from './publications.js';
