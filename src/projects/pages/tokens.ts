import { badge, html, note, type Html } from '../../common';
import type { ProjectToken } from '../project-tokens.service';

function day(date: Date): Html {
  return html`<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 10)}</time>`;
}

function moment(date: Date): Html {
  return html`<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 16).replace('T', ' ')} UTC</time>`;
}

function expiry({ expiresAt }: ProjectToken): Html {
  if (expiresAt === undefined) return html`never`;
  return expiresAt.getTime() <= Date.now() ? badge('bad', 'expired') : day(expiresAt);
}

function row(action: string, token: ProjectToken): Html {
  const { id, name, role, createdBy, createdAt, lastUsedAt } = token;
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${role}</td>
    <td>${day(createdAt)} by ${createdBy}</td>
    <td>${expiry(token)}</td>
    <td>${lastUsedAt === undefined ? 'never' : moment(lastUsedAt)}</td>
    <td><form method="post" action="${action}/tokens/${id}/revoke"><button class="danger small" aria-label="Revoke ${name}">Revoke</button></form></td>
  </tr>`;
}

function list(action: string, tokens: readonly ProjectToken[]): Html {
  if (tokens.length === 0) return html`<p class="soft">There are none yet.</p>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="List of tokens"><table>
    <thead><tr>${['Name', 'Role', 'Created', 'Expires', 'Last used'].map((head) => html`<th scope="col">${head}</th>`)}
      <th scope="col"><span class="soft">Action</span></th></tr></thead>
    <tbody>${tokens.map((token) => row(action, token))}</tbody>
  </table></div>`;
}

function secretNote({ token, secret }: { readonly token: ProjectToken; readonly secret: string }): Html {
  return note(
    'good',
    html`<p><strong>The token “${token.name}”, shown this once.</strong> Copy it now; it is kept nowhere.</p>
      <p><code id="secret">${secret}</code></p>`,
  );
}

const lives: readonly (readonly [days: number, label: string])[] = [
  [30, 'in 30 days'],
  [90, 'in 90 days'],
  [365, 'in a year'],
];

function form(action: string): Html {
  return html`<form method="post" action="${action}/tokens">
    <div class="grid">
      <div class="field"><label for="token-name">Name</label>
        <input id="token-name" name="name" required maxlength="255" autocomplete="off" placeholder="training cluster"></div>
      <div class="field"><label for="token-role">Role</label>
        <select id="token-role" name="role">
          <option value="write">write: log candidates</option>
          <option value="read">read: look only</option>
          <option value="maintain">maintain: settings and tokens too</option>
        </select></div>
      <div class="field"><label for="token-days">Expires</label>
        <select id="token-days" name="days">
          ${lives.map(([days, label]) => html`<option value="${days}">${label}</option>`)}
          <option value="">never</option>
        </select></div>
    </div>
    <button>Create a token</button>
  </form>`;
}

/** The project's tokens: list, revoke, create. */
export function tokensCard(
  action: string,
  tokens: readonly ProjectToken[],
  created: { readonly token: ProjectToken; readonly secret: string } | undefined,
): Html {
  return html`<section class="card" aria-labelledby="tokens">
    <h2 id="tokens">Access tokens of this project</h2>
    <p class="soft">For programs that log without being a member: each is good for this project alone.</p>
    ${created !== undefined && secretNote(created)}
    ${list(action, tokens)}
    <h3>A new token</h3>
    ${form(action)}
  </section>`;
}
