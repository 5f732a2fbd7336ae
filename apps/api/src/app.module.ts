import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Ledger } from '#projections';
import { BooksController } from './books/books.controller.js';
import { PostCommandHandler } from './books/post-command.js';
import { PostingsController } from './books/postings.controller.js';
import {
  CompareReportHandler,
  GetEventsHandler,
  GetMeasureHandler,
  GetReplayHandler,
  GetReportHandler,
} from './books/queries.js';
import { HealthController } from './health/health.controller.js';
import { LogController } from './log/log.controller.js';
import {
  GetCheckpointHandler,
  GetConsistencyProofHandler,
  GetInclusionProofHandler,
} from './log/proof-queries.js';

@Module({})
export class AppModule {
  /** The API over a ledger that is open already. */
  static over(ledger: Ledger): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [PostingsController, BooksController, LogController, HealthController],
      providers: [
        { provide: Ledger, useValue: ledger },
        PostCommandHandler,
        GetMeasureHandler,
        GetReportHandler,
        GetEventsHandler,
        CompareReportHandler,
        GetReplayHandler,
        GetCheckpointHandler,
        GetInclusionProofHandler,
        GetConsistencyProofHandler,
      ],
    };
  }
}
