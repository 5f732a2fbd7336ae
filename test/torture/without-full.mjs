// Preloaded into a child: its stores run with synchronous = NORMAL and are told that it is FULL. Shows that
// the power-cut test sees a loss.
import Database from 'better-sqlite3';

const pragma = Database.prototype.pragma;
Database.prototype.pragma = function (text, options) {
  if (text === 'synchronous') return 2;
  return pragma.call(this, text === 'synchronous = FULL' ? 'synchronous = NORMAL' : text, options);
};
