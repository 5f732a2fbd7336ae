import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Sentence } from '#domain';
import { foundIn } from './body-findings.js';
import { BODY } from './sentences.js';

/** What the validation of a body found, for the filter to put into the ledger's own words. */
export class BodyInvalid extends Error {
  constructor(readonly findings: readonly Sentence[]) {
    super(BODY.all({ found: findings }).in('en'));
  }
}

const OPTIONS = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false };

/**
 * Holds a body to its DTO and hands on the body itself. Nest's ValidationPipe hands on a copy, in which a field
 * named like a method of Object is lost: what is refused by the gate would be recorded without it.
 */
export class BodyPipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type !== 'body' || metatype === undefined) return value;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new BodyInvalid([BODY.notAnObject()]);
    const tooMany = tooManyIn(value);
    if (tooMany !== undefined) throw new BodyInvalid([tooMany]);
    const dto = plainToInstance(metatype as ClassConstructor<object>, value);
    const errors = validateSync(dto, OPTIONS);
    if (errors.length > 0) throw new BodyInvalid(foundIn(errors));
    // the copy that was held to the DTO has lost these, so that nobody has refused them
    const lost = Object.keys(value).find((name) => name in Object.prototype);
    if (lost !== undefined)
      throw new BodyInvalid([
        BODY.found({ field: `/${lost}`, what: BODY.unknown({ name: `/${lost}` }) }),
      ]);
    return value;
  }
}

/** What no body has so many of. It is looked at first, for each item and field costs the validation its time. */
const MOST = { items: 1000, fields: 100 };

function tooManyIn(value: unknown, path = 'the body'): Sentence | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  const [most, what] = Array.isArray(value)
    ? [MOST.items, BODY.items()]
    : [MOST.fields, BODY.fields()];
  if (entries.length > most) return BODY.tooMany({ path, most, what });
  for (const [key, item] of entries) {
    const found = tooManyIn(item, `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
