import type { Report } from '../model.js';
import { renderCsv } from './csv.js';
import { renderHtml } from './html.js';
import { renderJson } from './json.js';
import { renderText } from './text.js';

const RENDERERS = {
  text: renderText,
  json: renderJson,
  csv: renderCsv,
  html: renderHtml,
} as const satisfies Record<string, (report: Report) => string>;

export type ReportFormat = keyof typeof RENDERERS;

/** Formats with the media type that each is served as. */
export const REPORT_FORMATS: Readonly<Record<ReportFormat, string>> = {
  text: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

export const render = (report: Report, format: ReportFormat): string => RENDERERS[format](report);
