import { vaultContract } from '../../contract-suite-vault.js';
import { MemoryVault } from './memory-vault.js';

vaultContract('memory', () => new MemoryVault());
