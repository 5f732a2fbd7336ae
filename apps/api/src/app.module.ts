import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Access } from '#accounts';
import { Ledger } from '#projections';
import { AccessLogController } from './access/access-log.controller.js';
import { Gate } from './access/gate.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { PeopleController } from './accounts/people.controller.js';
import { GetApprovalRuleHandler } from './approval-rule/approval-rule-query.js';
import { ApprovalRuleController } from './approval-rule/approval-rule.controller.js';
import { BooksController } from './books/books.controller.js';
import { GetEntryHandler } from './books/entry-query.js';
import { HistoryController } from './books/history.controller.js';
import { FindEventsHandler, GetEventsHandler } from './books/history-queries.js';
import { PostCommandHandler } from './books/post-command.js';
import { PostingsController } from './books/postings.controller.js';
import {
  CompareReportHandler,
  GetLogPageHandler,
  GetMeasureHandler,
  GetReplayHandler,
  GetReportHandler,
} from './books/queries.js';
import { ClassificationsController } from './classifications/classifications.controller.js';
import { RehearseClosingHandler } from './closing/closing-query.js';
import { ClosingController } from './closing/closing.controller.js';
import { HealthController } from './health/health.controller.js';
import { GetLinesHandler } from './lines/lines-query.js';
import { LinesController } from './lines/lines.controller.js';
import { LogController } from './log/log.controller.js';
import {
  GetCheckpointHandler,
  GetConsistencyProofHandler,
  GetInclusionProofHandler,
} from './log/proof-queries.js';
import { ListBooksHandler } from './overview/books-query.js';
import { GetOverviewHandler } from './overview/overview-query.js';
import { OverviewController } from './overview/overview.controller.js';
import { ApproveProposalHandler } from './proposals/approve-proposal.js';
import { PreviewPostingHandler } from './proposals/preview.js';
import {
  GetProposalHandler,
  ListProposalsHandler,
  ListWaitingHandler,
} from './proposals/proposal-queries.js';
import { ProposalsController } from './proposals/proposals.controller.js';
import { SettleProposalHandler } from './proposals/settle-proposal.js';
import { WaitingController } from './proposals/waiting.controller.js';
import { ReportsController } from './reports/reports.controller.js';
import { Issuers } from './session/issuers.js';
import { OidcController } from './session/oidc.controller.js';
import { SessionController } from './session/session.controller.js';
import { EventFeed } from './stream/event-feed.js';
import { StreamController } from './stream/stream.controller.js';

/** What the API is made over; whoever opened it closes it. */
export interface Served {
  readonly ledger: Ledger;
  readonly access: Access;
  readonly gate: Gate;
  readonly issuers: Issuers;
}

@Module({})
export class AppModule {
  /** The API over a ledger that is open already. */
  static over({ ledger, access, gate, issuers }: Served): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        SessionController,
        OidcController,
        AccountsController,
        PeopleController,
        AccessLogController,
        PostingsController,
        ProposalsController,
        WaitingController,
        ApprovalRuleController,
        BooksController,
        HistoryController,
        LinesController,
        OverviewController,
        ReportsController,
        ClosingController,
        ClassificationsController,
        StreamController,
        LogController,
        HealthController,
      ],
      providers: [
        { provide: Ledger, useValue: ledger },
        { provide: Access, useValue: access },
        { provide: Gate, useValue: gate },
        { provide: Issuers, useValue: issuers },
        PostCommandHandler,
        GetMeasureHandler,
        GetReportHandler,
        GetLogPageHandler,
        GetEventsHandler,
        GetEntryHandler,
        FindEventsHandler,
        CompareReportHandler,
        GetReplayHandler,
        GetLinesHandler,
        ListBooksHandler,
        GetOverviewHandler,
        RehearseClosingHandler,
        EventFeed,
        GetCheckpointHandler,
        GetInclusionProofHandler,
        GetConsistencyProofHandler,
        ApproveProposalHandler,
        SettleProposalHandler,
        GetProposalHandler,
        ListProposalsHandler,
        ListWaitingHandler,
        PreviewPostingHandler,
        GetApprovalRuleHandler,
      ],
    };
  }
}
