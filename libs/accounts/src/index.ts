export { hasDuty, unitsOf, type Account, type Identity, type Token } from './account.js';
export { AccountList } from './account-list.js';
