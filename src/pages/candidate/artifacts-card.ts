import type { StoredEntry } from '../../artifacts';
import { html, note, pagePath, type Addresses, type CandidateIid, type Html, type ProjectId } from '../../common';

/** One folder of a candidate's artifacts. */
export interface ArtifactsFolder {
  /** The root's address, as clients know it. */
  readonly uri: string;
  /** Below the candidate's root; empty for the root itself. */
  readonly folder: string;
  readonly entries: readonly StoredEntry[];
  /** Why there is nothing to list. */
  readonly problem?: string;
}

/** The folder's content: folders open here, files are downloaded. */
export function artifactsCard(
  addresses: Addresses,
  project: { readonly id: ProjectId; readonly path: string },
  iid: CandidateIid,
  { uri, folder, entries, problem }: ArtifactsFolder,
): Html {
  const page = pagePath(addresses, project.path, `candidates/${iid}`);
  const open = (path: string): string => `${page}?folder=${encodeURIComponent(path)}#artifacts`;
  const below = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  const files = `${new URL(addresses.api(project.id)).pathname}/candidates/${iid}/artifacts/raw`;
  const file = (name: string): string => `${files}/${below(name).split('/').map(encodeURIComponent).join('/')}`;
  const rows = entries.map((entry) =>
    entry.kind === 'folder'
      ? html`<tr><th scope="row"><a href="${open(below(entry.name))}">${entry.name}/</a></th><td class="number">–</td></tr>`
      : html`<tr><th scope="row"><a href="${file(entry.name)}" download>${entry.name}</a></th><td class="number">${size(entry.size)}</td></tr>`,
  );
  const up = folder.includes('/') ? open(folder.slice(0, folder.lastIndexOf('/'))) : `${page}#artifacts`;
  return html`<section class="card" id="artifacts"><h2>Artifacts</h2>
<p class="soft small"><code>${uri}${folder !== '' && `/${folder}`}</code></p>
${folder !== '' && html`<p><a href="${up}">Up one folder</a></p>`}
${problem !== undefined && note('warn', html`<p>${problem}</p>`)}
${
  entries.length > 0
    ? html`<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">Name</th><th scope="col" class="number">Size</th></tr></thead><tbody>${rows}</tbody></table></div>`
    : problem === undefined && html`<p class="soft">There are no artifacts here.</p>`
}</section>`;
}

function size(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  if (bytes < 1_048_576) return `${(bytes / 1_024).toFixed(1)} KiB`;
  if (bytes < 1_073_741_824) return `${(bytes / 1_048_576).toFixed(1)} MiB`;
  return `${(bytes / 1_073_741_824).toFixed(2)} GiB`;
}
