import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { PROPOSABLE, type ProposableName } from '#domain';
import { ProblemErrorDto } from './answers.js';
import { Text } from './fields.js';
import { DocumentDto, LineDto, RecipientDto, RemainderDto } from './lines.js';
import * as postings from './postings.js';

/** The body of each posting that can be proposed: what its own route takes. */
const BODIES: Readonly<Record<ProposableName, new () => object>> = {
  'bring-in-carryover': postings.CarryoverDto,
  'approve-budget': postings.AppropriationDto,
  'adjust-budget': postings.AdjustmentDto,
  'transfer-budget': postings.AdjustmentDto,
  'allocate-directly': postings.DirectAllocationDto,
  reserve: postings.ReservationDto,
  release: postings.ReleaseDto,
  'make-payment': postings.PaymentDto,
  'refund-payment': postings.RefundDto,
  'reverse-entry': postings.ReversalDto,
  'close-year': postings.ClosingDto,
  'reopen-year': postings.ReopeningDto,
};

/** A posting as its own route takes it, and the name of its command. The gate reads what is in it. */
const Proposed = () =>
  applyDecorators(
    ApiProperty({
      oneOf: PROPOSABLE.map((name) => ({
        allOf: [
          { $ref: getSchemaPath(BODIES[name]) },
          {
            type: 'object',
            required: ['command'],
            properties: { command: { type: 'string', enum: [name] } },
          },
        ],
      })),
    }),
    IsObject(),
  );

export class ProposalBodyDto {
  @Proposed() posting: Record<string, unknown>;
}

export class RevisionBodyDto extends ProposalBodyDto {
  @Text('按发票更正', false) reason?: string;
}

export class PreviewBodyDto extends ProposalBodyDto {
  @Text('the id of the proposal that this would revise', false) proposal?: string;
}

export class ApprovalBodyDto {
  @Text('the hash of what was shown') hash: string;
}

export class ReturnBodyDto extends ApprovalBodyDto {
  @Text('附件不全') reason: string;
}

export class WithdrawalBodyDto {
  @Text('不再需要', false) reason?: string;
}

/** A balance in yuan. */
export class BeforeAfterDto {
  @ApiProperty() before: string;
  @ApiProperty() after: string;
}

export class EffectLineDto {
  @ApiProperty() project: string;
  @ApiProperty() fund: string;
  @ApiProperty() origin: string;
  @ApiProperty() executable: BeforeAfterDto;
  @ApiProperty() unreleased: BeforeAfterDto;
}

export class RefusalDto {
  @ApiProperty() code: string;
  @ApiProperty() message: string;
  @ApiPropertyOptional({ type: [ProblemErrorDto] }) errors?: readonly ProblemErrorDto[];
}

export class SealedPayeeDto {
  @ApiProperty() subject: string;
  @ApiProperty() commitment: string;
}

/** A posting as a proposal keeps it: which fields there are goes by the command. */
export class KeptPostingDto {
  @ApiProperty({ enum: PROPOSABLE }) command: ProposableName;
  @ApiProperty() unit: string;
  @ApiProperty() fiscalYear: number;
  @ApiProperty() date: string;
  @ApiPropertyOptional() document?: DocumentDto;
  @ApiPropertyOptional() reason?: string;
  @ApiPropertyOptional({ type: [LineDto] }) lines?: readonly LineDto[];
  @ApiPropertyOptional() recipient?: RecipientDto;
  @ApiPropertyOptional() counterparty?: string;
  @ApiPropertyOptional() payee?: SealedPayeeDto;
  @ApiPropertyOptional() voucher?: string;
  @ApiPropertyOptional() procurement?: string;
  @ApiPropertyOptional() reservation?: string;
  @ApiPropertyOptional() payment?: string;
  @ApiPropertyOptional() entry?: string;
  @ApiPropertyOptional() fromFiscalYear?: number;
  @ApiPropertyOptional({ type: [RemainderDto] }) carryover?: readonly RemainderDto[];
}

const STATES = ['open', 'returned', 'withdrawn', 'approved'] as const;

export class ProposalDto {
  @ApiProperty({ description: 'the id under which the posting will be recorded' }) id: string;
  @ApiProperty() unit: string;
  @ApiProperty() fiscalYear: number;
  @ApiProperty() version: number;
  @ApiProperty({ enum: STATES }) state: (typeof STATES)[number];
  @ApiProperty({ enum: PROPOSABLE }) kind: ProposableName;
  @ApiProperty({ description: 'what an approval is bound to' }) hash: string;
  @ApiProperty() posting: KeptPostingDto;
  @ApiPropertyOptional({ description: 'the name of the payee, where it is known' }) payee?: string;
  @ApiProperty({ description: 'yuan; what is compared with the threshold' }) amount: string;
  @ApiProperty() proposedBy: string;
  @ApiProperty() proposedAt: string;
  @ApiProperty({ description: 'whole days since it was first proposed' }) ageDays: number;
  @ApiProperty({ type: [String] }) editedBy: readonly string[];
  @ApiPropertyOptional({ description: 'why it was revised, returned or withdrawn' })
  reason?: string;
  @ApiProperty({ type: [EffectLineDto], description: 'of an open one: what approving it would do' })
  effect: readonly EffectLineDto[];
  @ApiPropertyOptional({ description: 'of an open one: why approving it would be refused now' })
  refusal?: RefusalDto;
}

export class ProposalStepDto {
  @ApiProperty() index: number;
  @ApiProperty() revision: number;
  @ApiProperty() type: string;
  @ApiProperty() recordedAt: string;
  @ApiProperty() actor: string;
  @ApiPropertyOptional() approvedBy?: string;
  @ApiPropertyOptional() reason?: string;
  @ApiPropertyOptional({ description: 'the hash that this step is about' }) hash?: string;
}

export class ProposalDetailDto extends ProposalDto {
  @ApiProperty({ type: [ProposalStepDto], description: 'its events, oldest first' })
  history: readonly ProposalStepDto[];
}

export class ProposalsDto {
  @ApiProperty({ type: [ProposalDto] }) proposals: readonly ProposalDto[];
  @ApiPropertyOptional({ description: 'where the next page starts: `from`' }) next?: number;
}

export class WaitingProposalsDto {
  @ApiProperty({ type: [ProposalDto], description: 'oldest first' })
  proposals: readonly ProposalDto[];
}

export class PreviewDto {
  @ApiPropertyOptional({
    type: Object,
    description:
      'the command as it would be stored, but for its id and for the payee, who is sealed',
  })
  command?: object;
  @ApiProperty({ type: [EffectLineDto] }) effect: readonly EffectLineDto[];
  @ApiPropertyOptional({ description: 'pointers are into the posting' }) refusal?: RefusalDto;
  @ApiProperty() needsApproval: boolean;
  @ApiPropertyOptional({ enum: ['threshold', 'split'] }) why?: 'threshold' | 'split';
}
