import { twoProjects } from '../scene';

describe('The endpoints about the server', () => {
  const { mine, other } = twoProjects();

  it('answers a version that switches the clients on', async () => {
    const { status, text, headers } = await mine().call('GET', 'version');
    expect([status, text]).toEqual([200, '3.17.2']);
    expect(headers.get('content-type')).toContain('text/plain');
  });

  it('is healthy to anybody', async () => {
    const { status, text, headers } = await mine().call('GET', 'health', undefined, { token: null });
    expect([status, text]).toEqual([200, 'OK']);
    expect(headers.get('content-type')).toContain('text/plain');
  });

  it.each(['api', 'ajax-api'])('tells what it can under %s', async (api) => {
    const { status, body } = await mine().call('GET', `${api}/3.0/mlflow/server-info`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ store_type: 'SqlStore', workspaces_enabled: false, multipart_uploads_enabled: false });
  });

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('answers an unknown address in JSON to %s', async (method) => {
    const sent = method === 'GET' ? undefined : { a: 1 };
    const { status, body, headers } = await mine().call(method, 'api/2.0/mlflow/no/such?x=1', sent);
    expect(status).toBe(404);
    expect(headers.get('content-type')).toContain('application/json');
    expect(body).toEqual({
      error_code: 'ENDPOINT_NOT_FOUND',
      message: `No endpoint of this server answers ${method} /api/2.0/mlflow/no/such`,
    });
  });

  it.each(['', 'api', 'graphql', 'static-files/x.js', 'api/2.0/mlflow/runs/create/more'])(
    'answers the unknown address %j in JSON',
    async (path) => {
      const { status, body } = await mine().call('GET', path);
      expect([status, body['error_code']]).toEqual([404, 'ENDPOINT_NOT_FOUND']);
    },
  );

  it('does not answer an endpoint to the wrong method', async () => {
    const { status, body } = await mine().call('PUT', 'api/2.0/mlflow/runs/create', {});
    expect([status, body['error_code']]).toEqual([404, 'ENDPOINT_NOT_FOUND']);
  });

  it('does not say which of its addresses exist to those who may not see the project', async () => {
    const stranger = await mine().call('GET', 'api/2.0/mlflow/no/such', undefined, { token: other().project.writer });
    expect([stranger.status, stranger.body['error_code']]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    const nobody = await mine().call('GET', 'api/2.0/mlflow/no/such', undefined, { token: null });
    expect([nobody.status, nobody.body['error_code']]).toEqual([401, 'UNAUTHENTICATED']);
    expect(nobody.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('answers for a project that is not there as for one that may not be seen', async () => {
    const { uri, project } = mine();
    const answer = await fetch(`${uri.replace(`/${project.id}/`, '/4711/')}/version`, {
      headers: { authorization: `Bearer ${project.writer}` },
    });
    expect([answer.status, await answer.json()]).toMatchObject([404, { error_code: 'RESOURCE_DOES_NOT_EXIST' }]);
  });

  it('finds the project by its encoded path as well', async () => {
    const { uri, project } = mine();
    const answer = await fetch(`${uri.replace(`/${project.id}/`, `/${encodeURIComponent(project.path)}/`)}/version`, {
      headers: { authorization: `Bearer ${project.writer}` },
    });
    expect([answer.status, await answer.text()]).toEqual([200, '3.17.2']);
  });
});
