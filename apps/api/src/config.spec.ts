import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';

describe('the configuration', () => {
  it('is loopback and nothing else where nothing is set', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      isLoopback: true,
      signingKey: undefined,
      trustProxy: undefined,
      publicUrl: undefined,
      issuer: undefined,
    });
  });

  it('knows an address that others can reach, and the proxies that it names', () => {
    const env = { HOST: '0.0.0.0', FISCAL_TRUST_PROXY: '10.0.0.1, fd00::/8' };
    expect(readConfig(env)).toMatchObject({
      isLoopback: false,
      trustProxy: ['10.0.0.1', 'fd00::/8'],
    });
  });

  it.each([
    ['PORT', 'x', 'PORT'],
    ['PORT', '65536', 'PORT'],
    ['FISCAL_TRUST_PROXY', 'true', 'FISCAL_TRUST_PROXY'],
    ['FISCAL_PUBLIC_URL', 'http://ledger.example', 'https'],
    ['FISCAL_PUBLIC_URL', 'ledger', 'https'],
    ['FISCAL_OIDC_ISSUER', 'http://issuer.example', 'https'],
    ['FISCAL_OIDC_ISSUER', 'https://issuer.example', 'FISCAL_OIDC_CLIENT_ID'],
  ])('refuses %s=%s', (name, value, said) => {
    expect(() => readConfig({ [name]: value })).toThrow(said);
  });

  it('takes an issuer without TLS on this machine only, and its secret from a file', () => {
    const env = {
      FISCAL_OIDC_ISSUER: 'http://127.0.0.1:4000',
      FISCAL_OIDC_CLIENT_ID: 'fiscal',
      FISCAL_OIDC_CLIENT_SECRET_FILE: '/nowhere/at/all',
    };
    expect(() => readConfig(env)).toThrow('FISCAL_OIDC_CLIENT_SECRET_FILE');
  });
});
