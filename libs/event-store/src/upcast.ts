import { EVENT_SCHEMAS, type BookEventType } from '#domain';

/** Brings a payload from one schema to the next. The stored bytes are never touched. */
type Step = (data: never) => unknown;

/** The steps of each type that has more than one schema, from schema 1 on. */
const STEPS: Partial<Readonly<Record<BookEventType, readonly Step[]>>> = {
  PaymentMade: [
    // 1 → 2: the payee was a name in the open
    ({ payee, ...rest }: { readonly payee: string }) => ({ ...rest, payee: { name: payee } }),
  ],
};

/** A payload of an older schema in the shape that its type is written with now. */
export function upcast(type: BookEventType, schema: number, data: unknown): unknown {
  const steps = STEPS[type]?.slice(schema - 1, EVENT_SCHEMAS[type] - 1) ?? [];
  return steps.reduce((older, step) => step(older as never), data);
}
