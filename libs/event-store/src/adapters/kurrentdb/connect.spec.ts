import { describe, expect, it, jest } from '@jest/globals';
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
    ['kurrentdb://u:p%40%3A@db_1.example.:65535?tls=false', 'db_1.example.:65535'],
    ['esdb://数据库.example', '数据库.example'],
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

  it('takes what the server takes in one append from the string, which the client never sees', () => {
    expect(connect('esdb://a:1?tls=false').maxAppendBytes).toBe(1024 * 1024);
    const given = 'esdb://a:1?max-append-size=4194304&tls=false&defaultDeadline=250';
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect(connect(given)).toMatchObject({ maxAppendBytes: 4194304, deadlineMs: 250 });
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it.each([
    ['esdb://u:s3cret@a:port', 'the port of address 1 is not a port number from 1 to 65535'],
    ['esdb://u:s3cret@a:99x', 'the port of address 1 is not a port number from 1 to 65535'],
    ['esdb://u:s3cret@a:0x63', 'the port of address 1 is not'],
    ['esdb://u:s3cret@a:1,b: 2', 'the port of address 2 is not'],
    ['esdb://u:s3cret@a:', 'the port of address 1 is not'],
    ['esdb://u:s3cret@a:0', 'the port of address 1 is not'],
    ['esdb://u:s3cret@a:65536', 'the port of address 1 is not'],
    ['esdb://u:s3cret@a:-1', 'the port of address 1 is not'],
    ['esdb://u:s3cret@a:1:2', 'address 1 has more than one colon'],
    ['esdb://u:s3cret@[::1]:2113', 'address 1 has more than one colon'],
    ['esdb://u:s3cret@:2113', 'address 1 has no host'],
    ['esdb://u:s3cret@a:1,,b:2', 'address 2 has no host'],
    ['esdb://u:s3cret@a:1,', 'address 2 has no host'],
    ['esdb://u:s3cret@-a:1', 'the host of address 1 is neither'],
    ['esdb://u:s3cret@a..b:1', 'the host of address 1 is neither'],
    ['esdb://u:s3cret@a b:1', 'the host of address 1 is neither'],
    ['esdb://u:s3cret@a%20b:1', 'the host of address 1 is neither'],
    ['esdb://u:s3cret@1.2.3:1', 'the host of address 1 is neither'],
    ['esdb://u:s3cret@1.2.3.256:1', 'the host of address 1 is neither'],
    ['esdb://u:s3cret@1.2.3.4.:1', 'the host of address 1 is neither'],
    ['esdb+discover://u:s3cret@a:1,b:2', 'only the first of several addresses would be asked'],
    ['esdb://s3cret@a:1', 'expected USER:PASSWORD before the @'],
    ['esdb://@a:1', 'expected USER:PASSWORD before the @'],
    ['esdb://:s3cret@a:1', 'expected USER:PASSWORD before the @'],
    ['esdb://u:@a:1', 'expected USER:PASSWORD before the @'],
    // the client would take what stands before the second colon for the password
    ['esdb://u:s3:cret@a:1', 'expected USER:PASSWORD before the @'],
    ['esdb://u:s3cret%@a:1', 'expected USER:PASSWORD before the @'],
    ['esdb://u:s3cret@a:1?tls=perhaps', 'expected true or false at character'],
    ['esdb://u:s3cret@a:1?defaultDeadline=0', 'Invalid defaultDeadline'],
    ['esdb://u:s3cret@a:1?defaultDeadline=99x', 'defaultDeadline takes a whole number'],
    ['esdb://u:s3cret@a:1?default_deadline=1e3', 'default_deadline takes a whole number'],
    ['esdb://u:s3cret@a:1?defaultDeadline=9999999999', 'defaultDeadline takes a whole number'],
    ['esdb://u:s3cret@a:1?tls=', 'expected one value for the parameter tls'],
    ['esdb://u:s3cret@a:1?tls', 'expected one value for the parameter tls'],
    ['esdb://u:s3cret@a:1?tls=true=false', 'expected one value for the parameter tls'],
    ['esdb://u:s3cret@a:1?tls=true&TLS=false', 'it has the parameter TLS twice'],
    ['esdb://u:s3cret@a:1?nodePreference=any', 'expected leader or follower'],
    ['esdb://u:s3cret@a:1?maxAppendSize=1048575', 'maxAppendSize takes bytes from 1048576'],
    ['esdb://u:s3cret@a:1?maxAppendSize=16777216', 'maxAppendSize takes bytes from 1048576'],
    ['esdb://u:s3cret@a:1?tlsVerifyCert=false', 'it does not take the parameter tlsVerifyCert'],
    ['esdb://u:s3cret@a:1?no=thing', 'it does not take the parameter no'],
    ['esdb://u:s3cret@a:1?tlsCAFile=/no/such/file', 'certificate file'],
    ['esdb://u:s3cret@', 'expected esdb://HOST:PORT'],
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
    expect(error.message).not.toContain('\n');
    expect(error.message).not.toMatch(/s3|cret/);
  });

  it('a directory is no connection string', () => {
    expect(isConnectionString('./data')).toBe(false);
    expect(isConnectionString('/esdb/data')).toBe(false);
  });
});
