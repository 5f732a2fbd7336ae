import type { components } from '../../api/schema.js';

/** A report as the paper form, as the server has laid it out. */
export type Form = components['schemas']['FormDto'];
export type FormTable = components['schemas']['FormTableDto'];
