import { html, note, page, serverPagePath, type Addresses, type Html } from '../common';
import type { NextPage } from './next-page';

function form(addresses: Addresses, { path }: NextPage): Html {
  return html`<form method="post" action="${serverPagePath(addresses, 'sign_in')}">
    <input type="hidden" name="next" value="${path}">
    <div class="field">
      <label for="token">Token</label>
      <input id="token" name="token" type="password" required autocomplete="current-password" spellcheck="false" aria-describedby="token-help">
    </div>
    <p id="token-help" class="soft small">A personal access token of the forge, or an access token of the project. It stays in a sealed
    cookie of this browser for at most 12 hours, and what you may do here is what the token may do.</p>
    <button>Sign in</button>
  </form>`;
}

/** The form that takes a token; without a project's page to go to, it says where to begin. */
export function signInPage(addresses: Addresses, next: NextPage | undefined, error?: string): Html {
  const known = next !== undefined && 'path' in next.project ? next.project.path : undefined;
  return page({
    addresses,
    title: 'Sign in',
    body: html`<h1>Sign in</h1>
      <div class="narrow">${error !== undefined && note('bad', html`<p>${error}</p>`)}
      <div class="card">${
        next === undefined
          ? html`<p>Open a page of your project, such as <code>/group/name/-/ml/settings</code>, and sign in from there: a token is
              checked against the project.</p>`
          : html`<p>To go on to <strong>${known}</strong>, sign in with a token that may see it.</p>${form(addresses, next)}`
      }</div></div>`,
  });
}
