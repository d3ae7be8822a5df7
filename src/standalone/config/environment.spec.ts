import { resolve } from 'node:path';
import { ConfigurationError, readConfiguration } from './environment';

function faultsOf(environment: NodeJS.ProcessEnv): string {
  try {
    readConfiguration(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error('the configuration was accepted');
}

describe('the configuration', () => {
  it('needs nothing: an embedded database, files and the local forge', () => {
    expect(readConfiguration({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: undefined,
      dataFolder: resolve('data'),
      databaseUrl: undefined,
      s3: undefined,
      forge: { kind: 'local' },
      workers: 1,
      requestsPerMinute: undefined,
      operatorToken: undefined,
      projectStorage: undefined,
      gcAfterDays: undefined,
    });
  });

  it('counts an empty variable as unset', () => {
    expect(readConfiguration({ ASSAY_PORT: '', ASSAY_DATABASE_URL: '' }).port).toBe(3000);
  });

  it('names every wrong variable at once', () => {
    const faults = faultsOf({
      ASSAY_PORT: '99999',
      ASSAY_PUBLIC_URL: 'git',
      ASSAY_DATABASE_URL: 'mysql://x',
      ASSAY_WORKERS: 'many',
    });
    for (const name of ['ASSAY_PORT', 'ASSAY_PUBLIC_URL', 'ASSAY_DATABASE_URL', 'ASSAY_WORKERS'])
      expect(faults).toContain(name);
  });

  it('reads sizes with their units', () => {
    expect(readConfiguration({ ASSAY_PROJECT_STORAGE: '50GB' }).projectStorage).toBe(50e9);
    expect(faultsOf({ ASSAY_PROJECT_STORAGE: 'much' })).toMatch(
      /ASSAY_PROJECT_STORAGE: is a number of bytes such as 50GB/,
    );
  });

  it('asks for the rest of an S3 store', () => {
    expect(faultsOf({ ASSAY_S3_ENDPOINT: 'http://localhost:9000' })).toMatch(
      /ASSAY_S3_BUCKET, ASSAY_S3_ACCESS_KEY, ASSAY_S3_SECRET_KEY/,
    );
  });

  it('takes the address under which clients reach an S3 store, and asks for the store when only that is set', () => {
    const s3 = {
      ASSAY_S3_ENDPOINT: 'http://localhost:9000',
      ASSAY_S3_BUCKET: 'b',
      ASSAY_S3_ACCESS_KEY: 'a',
      ASSAY_S3_SECRET_KEY: 's',
    };
    expect(readConfiguration(s3).s3).not.toHaveProperty('publicEndpoint');
    const ASSAY_S3_PUBLIC_ENDPOINT = 'https://s3.example.org';
    expect(readConfiguration({ ...s3, ASSAY_S3_PUBLIC_ENDPOINT }).s3).toHaveProperty(
      'publicEndpoint',
      ASSAY_S3_PUBLIC_ENDPOINT,
    );
    expect(faultsOf({ ASSAY_S3_PUBLIC_ENDPOINT })).toContain('ASSAY_S3_ENDPOINT, ASSAY_S3_BUCKET');
  });

  it('asks for the address and the token of a Gitea', () => {
    expect(faultsOf({ ASSAY_FORGE: 'gitea' })).toMatch(/ASSAY_FORGE_URL[^]*ASSAY_FORGE_TOKEN/);
  });

  it('refuses a misspelt variable, so that it is not silently ignored', () => {
    expect(faultsOf({ ASSAY_PROT: '1' })).toContain('ASSAY_PROT: no such setting');
  });

  it('asks for a long token of the operator without printing the short one', () => {
    const faults = faultsOf({ ASSAY_OPERATOR_TOKEN: 'too-short' });
    expect(faults).toContain('ASSAY_OPERATOR_TOKEN: is at least 20 characters');
    expect(faults).not.toContain('too-short');
  });

  it('never prints the value of a secret', () => {
    expect(faultsOf({ ASSAY_FORGE_TOKEN: 'very-secret', ASSAY_PORT: 'x' })).not.toContain('very-secret');
  });
});
