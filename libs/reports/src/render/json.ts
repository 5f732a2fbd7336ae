import type { Report } from '../model.js';
import { toJson } from '../to-json.js';

export const renderJson = (report: Report): string =>
  `${JSON.stringify(toJson(report), null, 2)}\n`;
