import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#event-store';
import { openReadModel, type ReadModelDatabase } from './kernel/database.js';
import type { Projection } from './kernel/projection.js';
import { Projector, type Progress } from './kernel/projector.js';

/** Whether read models are what the log gives: they are built a second time, elsewhere, and compared. */
export async function readModelsHold(
  store: EventStore,
  db: ReadModelDatabase,
  projector: Projector,
  projections: readonly Projection[],
  onProgress?: Progress,
): Promise<boolean> {
  if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') return false;
  const elsewhere = mkdtempSync(join(tmpdir(), 'fiscal-verify-'));
  const other = openReadModel(elsewhere, store.origin);
  try {
    const second = new Projector(store, other, projections);
    do {
      await second.catchUp(onProgress);
      await projector.catchUp();
      // others may go on writing
    } while (second.position() !== projector.position());
    return second.digest() === projector.digest();
  } finally {
    other.close();
    rmSync(elsewhere, { recursive: true });
  }
}
