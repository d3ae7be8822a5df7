import { DocumentBuilder, type OpenAPIObject } from '@nestjs/swagger';
import { version, type Addresses } from '../common';

const refusals: Readonly<Record<string, string>> = {
  400: 'Something in the request breaks a rule; the message says which one.',
  401: 'There is no token, or it is not good.',
  403: 'The token may see the project but not do this.',
  404: 'There is no such thing, or the token may not see the project.',
  409: 'It collides with what is there.',
  413: 'The body is larger than the limit that the message names.',
  429: 'Too many requests; try again after `Retry-After` seconds.',
  501: 'This server cannot do it; the message says why.',
  503: 'A part that the server depends on does not answer; try again after `Retry-After` seconds.',
};

const description = `The native API of Assay: experiments, candidates, metrics, params, tags and artifacts of a forge's projects.

Lists are paged by \`page_token\`; times that clients tell are milliseconds since the epoch, times of the server are ISO 8601.
Every refusal is \`{error, message, field?}\`. Each operation names the permission that it needs as \`x-permission\`.`;

const tracking = `Below \`/projects/{project}/ml/mlflow\` of each project stands MLflow's own protocol, which
MLflow's client speaks with that address as its tracking URI. Its messages are described by MLflow; the addresses that this server
answers are listed under \`x-mlflow-routes\`.`;

const tags: readonly (readonly [name: string, description: string])[] = [
  ['Candidates', 'Trials, and what is logged to them.'],
  ['Metrics', "The candidates' metrics and their points."],
  ['Keys', 'The names in use, for completing what people type.'],
  ['Experiments', 'Collections of comparable candidates.'],
  ['Models', 'The models that candidates log.'],
  ['Artifacts', 'The files of candidates.'],
  ['Exports', 'Candidates and points as files.'],
  ['Storage', 'What a project keeps in the store of artifacts.'],
  ['Deletion', 'Deleting for good.'],
  ['Merge requests', 'What candidates say about a change.'],
  ['Projects', 'Enabling, settings and tokens of a project.'],
  ['Server', 'The server itself.'],
  ['Local forge', 'Projects, users and merge requests of a server that brings its own forge.'],
];

function refusal(text: string): { description: string; content: Record<string, { schema: { $ref: string } }> } {
  return {
    description: text,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorAnswer' } } },
  };
}

/** The document without its operations. */
export function documentFrame(addresses: Addresses): Omit<OpenAPIObject, 'paths'> {
  const builder = new DocumentBuilder()
    .setTitle('Assay')
    .setDescription(description)
    .setVersion(version)
    .addServer(addresses.publicUrl)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A token of the forge or of the project.' }, 'bearer')
    .addBasicAuth(
      { type: 'http', scheme: 'basic', description: 'Any user name, with the token as the password.' },
      'basic',
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'PRIVATE-TOKEN', description: 'The token.' }, 'privateToken');
  for (const [name, text] of tags) builder.addTag(name, text);
  builder.addTag('MLflow', tracking, {
    url: 'https://mlflow.org/docs/latest/api_reference/rest-api.html',
    description: "MLflow's REST API",
  });
  const frame = builder.build();
  const responses = Object.fromEntries(Object.entries(refusals).map(([status, text]) => [status, refusal(text)]));
  return {
    ...frame,
    info: { ...frame.info, license: { name: 'MIT' } },
    components: { ...frame.components, responses },
  };
}
