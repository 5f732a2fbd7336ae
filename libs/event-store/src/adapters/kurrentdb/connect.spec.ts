import { describe, expect, it } from '@jest/globals';
import { LedgerRefusal } from '#domain';
import { connect, isConnectionString } from './connect.js';

const refusalOf = (connectionString: string): LedgerRefusal => {
  try {
    connect(connectionString);
  } catch (error) {
    if (error instanceof LedgerRefusal) return error;
    throw error;
  }
  throw new Error(`${connectionString} was taken`);
};

describe('connection strings', () => {
  it.each([
    ['esdb://127.0.0.1:2113?tls=false', '127.0.0.1:2113'],
    ['kurrentdb://127.0.0.1:2113?tls=false', '127.0.0.1:2113'],
    ['kurrentdb://admin:secret@a:1,b:2,c:3', 'a:1,b:2,c:3'],
    ['esdb+discover://cluster.example:2113/', 'cluster.example:2113 (discovered)'],
    ['kurrentdb+discover://u:p@cluster.example', 'cluster.example (discovered)'],
  ])('%s is of a store at %s', (connectionString, address) => {
    expect(isConnectionString(connectionString)).toBe(true);
    expect(connect(connectionString).address).toBe(address);
  });

  it('takes the time for a call from the string, in any spelling of the parameter', () => {
    expect(connect('esdb://a:1?tls=false').deadlineMs).toBe(10_000);
    expect(connect('esdb://a:1?tls=false&default_deadline=250').deadlineMs).toBe(250);
  });

  it.each([
    ['esdb://u:s3cret@a:port', 'expected port number at character'],
    ['esdb://u:s3cret@a:1?tls=perhaps', 'expected true or false at character'],
    ['esdb://u:s3cret@a:1?defaultDeadline=0', 'Invalid defaultDeadline'],
    ['esdb://u:s3cret@a:1?tlsVerifyCert=false', 'it does not take the parameter tlsVerifyCert'],
    ['esdb://u:s3cret@a:1?no=thing', 'it does not take the parameter no'],
    ['esdb://u:s3cret@a:1?tlsCAFile=/no/such/file', 'certificate file'],
    ['esdb://u:s3cret@x@a:1', 'expected esdb://HOST:PORT'],
    ['esdb://u:s3cret/x@a:1', 'expected esdb://HOST:PORT'],
    ['esdb://u:s3cret?x@a:1', 'expected esdb://HOST:PORT'],
    ['esdb://', 'expected esdb://HOST:PORT'],
    ['http://u:s3cret@a:1', 'expected esdb://HOST:PORT'],
  ])('refuses %s without its password: %s', (connectionString, sentence) => {
    const { error } = refusalOf(connectionString);
    expect(error.code).toBe('store-unavailable');
    expect(error.message).toContain('the connection string of the event store is wrong');
    expect(error.message).toContain(sentence);
    expect(error.message).not.toContain('s3cret');
  });

  it('a directory is no connection string', () => {
    expect(isConnectionString('./data')).toBe(false);
    expect(isConnectionString('/esdb/data')).toBe(false);
  });
});
