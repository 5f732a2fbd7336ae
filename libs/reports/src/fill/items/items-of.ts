import type { Scope } from '#projections';
import type { Repeat } from '../../template.js';
import type { FillContext } from '../context.js';
import { accounts } from './accounts.js';
import { codes } from './codes.js';
import { indicators } from './indicators.js';
import type { Item } from './item.js';
import { lines, sources } from './lines.js';
import { funds, projects } from './projects.js';
import { registerEntries, registerLines } from './register.js';

/** The items of a repeated row within a scope. No item is ever outside it. */
export function itemsOf(context: FillContext, repeat: Repeat, scope: Scope): readonly Item[] {
  switch (repeat.over) {
    case 'projects':
      return projects(context, scope, repeat.order);
    case 'funds':
      return funds(context, scope);
    case 'functions':
      return codes(context, 'function', scope, repeat.levels).filter(
        (item) => !repeat.except?.includes(item.key),
      );
    case 'economics':
      return codes(context, 'economic', scope, repeat.levels);
    case 'lines':
      return lines(context, scope);
    case 'sources':
      return sources(context, scope, repeat.atLeast ?? 1);
    case 'indicators':
      return indicators(context);
    case 'accounts':
      return accounts(context);
    case 'register-lines':
      return registerLines(context);
    case 'register-entries':
      return registerEntries(context);
  }
}
