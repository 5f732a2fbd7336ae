import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Ledger } from '#projections';
import { waited } from '../books/queries.js';

/** Hashes are hex. */
export interface InclusionAnswer {
  readonly index: number;
  readonly size: number;
  readonly proof: readonly string[];
  readonly root: string;
}

export interface ConsistencyAnswer {
  readonly from: number;
  readonly to: number;
  readonly proof: readonly string[];
  readonly root: string;
}

export class GetCheckpoint extends Query<string> {
  constructor(
    readonly size: number | undefined,
    readonly from?: number,
  ) {
    super();
  }
}

export class GetInclusionProof extends Query<InclusionAnswer> {
  constructor(
    readonly index: number,
    readonly size: number | undefined,
    readonly position: number | undefined,
  ) {
    super();
  }
}

export class GetConsistencyProof extends Query<ConsistencyAnswer> {
  constructor(
    readonly from: number,
    readonly to: number | undefined,
    readonly position: number | undefined,
  ) {
    super();
  }
}

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

@QueryHandler(GetCheckpoint)
export class GetCheckpointHandler implements IQueryHandler<GetCheckpoint> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ size, from }: GetCheckpoint): Promise<string> {
    const { log } = this.ledger;
    return from === undefined ? log.signed(size) : log.signedFrom(from);
  }
}

@QueryHandler(GetInclusionProof)
export class GetInclusionProofHandler implements IQueryHandler<GetInclusionProof> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ index, size: of, position }: GetInclusionProof): Promise<InclusionAnswer> {
    await waited(this.ledger, position);
    const { log } = this.ledger;
    const size = of ?? log.size();
    return {
      index,
      size,
      proof: log.inclusionProof(index, size).map(hex),
      root: hex(log.root(size)),
    };
  }
}

@QueryHandler(GetConsistencyProof)
export class GetConsistencyProofHandler implements IQueryHandler<GetConsistencyProof> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ from, to: of, position }: GetConsistencyProof): Promise<ConsistencyAnswer> {
    await waited(this.ledger, position);
    const { log } = this.ledger;
    const to = of ?? log.size();
    return { from, to, proof: log.consistencyProof(from, to).map(hex), root: hex(log.root(to)) };
  }
}
