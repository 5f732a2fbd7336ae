import { storeContract } from '../../contract-suite.js';
import { MemoryEventStore } from './memory-event-store.js';

storeContract('memory', () => new MemoryEventStore());
