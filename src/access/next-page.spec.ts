import fc from 'fast-check';
import { parseNext } from './next-page';

describe('the page after signing in', () => {
  it.each([
    ['/ml/iris/-/ml/settings', { path: 'ml/iris' }],
    ['/ml/iris/-/ml/experiments/3?view=all', { path: 'ml/iris' }],
    ['/ml/iris/-/ml', { path: 'ml/iris' }],
    ['/below/ml/iris/-/ml/settings', { path: 'ml/iris' }],
    ['/m%20l/iris/-/ml/settings', { path: 'm l/iris' }],
    ['/api/v4/projects/7/ml/mlflow', { id: 7 }],
    ['/api/v4/projects/ml%2Firis/ml/mlflow/', { path: 'ml/iris' }],
  ])('may be %s', (next, project) => {
    expect(parseNext(next)).toEqual({ path: next, project });
  });

  it.each([
    undefined,
    '',
    'https://evil.example/ml/iris/-/ml/settings',
    '//evil.example/ml/iris/-/ml/settings',
    '/\\evil.example/ml/iris/-/ml/settings',
    '/\t/evil.example/ml/iris/-/ml/settings',
    '/.//evil.example/a/b/-/ml/settings',
    'ml/iris/-/ml/settings',
    '/ml/-/ml/settings',
    '/-/ml/sign_in',
    '/ml/ir%/-/ml/settings',
    '/api/v4/projects/7/ml/mlflow/version',
    `/ml/iris/-/ml/${'x'.repeat(2048)}`,
  ])('may not be %s', (next) => {
    expect(parseNext(next)).toBeUndefined();
  });

  it('never leads away from this server', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      'evil.example',
      ':',
      'http:',
      '@',
      '\t',
      '\n',
      '%2f',
      'a',
      '/a/b/-/ml/x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const next = parseNext(pieces.join(''));
        if (next !== undefined)
          expect(new URL(next.path, 'https://assay.example').origin).toBe('https://assay.example');
      }),
    );
  });
});
