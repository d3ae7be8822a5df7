import { endpointNotFound, wireErrors } from './error-codes';

/** The codes that the clients know, with the status that MLflow gives them. */
const known: Readonly<Record<string, number>> = {
  INVALID_PARAMETER_VALUE: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  RESOURCE_CONFLICT: 409,
  REQUEST_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503,
};

describe('The table of errors', () => {
  it.each(Object.entries({ ...wireErrors, endpointNotFound }))(
    'answers %s as MLflow does',
    (kind, { code, status }) => {
      expect(known).toHaveProperty(code);
      expect(status).toBe(kind === 'too-large' ? 413 : known[code]);
    },
  );

  it('answers no mistake of a caller with a status that clients repeat', () => {
    const repeated = Object.entries(wireErrors).filter(([, { status }]) =>
      [408, 429, 500, 502, 503, 504].includes(status),
    );
    expect(repeated.map(([kind]) => kind).sort()).toEqual(['internal', 'rate-limited', 'unavailable']);
  });
});
