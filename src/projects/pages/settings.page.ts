import { badge, html, note, page, pagePath, type Addresses, type Html } from '../../common';
import type { ForgeProject } from '../../forge';
import type { Project } from '../project';
import type { ProjectToken } from '../project-tokens.service';
import { connectionCard } from './connection';
import { tokensCard } from './tokens';

/** What the settings page shows. */
export interface SettingsView {
  readonly addresses: Addresses;
  readonly forgeProject: ForgeProject;
  /** Undefined until it is enabled. */
  readonly project: Project | undefined;
  readonly tokens: readonly ProjectToken[];
  /** What other features show of an enabled project. */
  readonly cards: readonly Html[];
  readonly signedIn: boolean;
  /** What the last step did not manage. */
  readonly warnings?: readonly string[];
  /** A token that was just made; its secret is shown this once. */
  readonly created?: { readonly token: ProjectToken; readonly secret: string };
}

function enableCard(action: string): Html {
  return html`<section class="card" aria-labelledby="enable">
    <h2 id="enable">Experiments are not enabled</h2>
    <p>Enabling gives this project a tracking server for the MLflow client, and shows results on its merge requests. The members and
    tokens of the project are the ones that count there too.</p>
    <form method="post" action="${action}/enable"><button>Enable experiments</button></form>
  </section>`;
}

function settingsCard(action: string, { settings }: Project): Html {
  const { primaryMetric, comment, statusContext } = settings;
  const minimize = primaryMetric?.direction === 'minimize';
  return html`<section class="card" aria-labelledby="settings">
    <h2 id="settings">Merge requests</h2>
    <form method="post" action="${action}">
      <div class="field">
        <label for="metric">Primary metric <span class="soft">(empty: none)</span></label>
        <input id="metric" name="metric" maxlength="250" value="${primaryMetric?.name}" placeholder="accuracy" autocomplete="off" spellcheck="false">
      </div>
      <div class="field">
        <label for="direction">Which is better</label>
        <select id="direction" name="direction">
          <option value="maximize"${!minimize && html` selected`}>higher is better</option>
          <option value="minimize"${minimize && html` selected`}>lower is better</option>
        </select>
      </div>
      <div class="field">
        <label for="status">Name of the commit status</label>
        <input id="status" name="status_context" required maxlength="100" value="${statusContext}" autocomplete="off" spellcheck="false">
      </div>
      <div class="field">
        <label class="check"><input type="checkbox" name="comment" value="yes"${comment && html` checked`}> Comment on merge requests</label>
      </div>
      <button>Save</button>
    </form>
  </section>`;
}

function disableCard(action: string): Html {
  return html`<section class="card" aria-labelledby="disable">
    <h2 id="disable">Disable</h2>
    <p>Nothing of the project's experiments can be reached afterwards, and clients get 404. The data are kept: enabling again brings
    them back.</p>
    <form method="post" action="${action}/disable"><button class="danger">Disable experiments</button></form>
  </section>`;
}

function state(project: Project | undefined): Html {
  return project === undefined ? badge('quiet', 'not enabled') : badge('good', 'enabled');
}

/** The settings of a project's experiments, for its maintainers. */
export function settingsPage(view: SettingsView): Html {
  const { addresses, forgeProject, project, signedIn, warnings = [] } = view;
  const action = pagePath(addresses, forgeProject.path, 'settings');
  const hookMissing = project?.webhookId === undefined && warnings.length === 0;
  return page({
    addresses,
    title: 'Settings',
    project: forgeProject.path,
    section: 'settings',
    signedIn,
    body: html`<h1>Settings of experiments ${state(project)}</h1>
      <p class="soft">Project <a href="${forgeProject.webUrl}">${forgeProject.path}</a>, number ${forgeProject.id}</p>
      ${warnings.map((warning) => note('warn', html`<p>${warning}</p>`))}
      ${
        project === undefined
          ? enableCard(action)
          : html`
            ${
              hookMissing &&
              note(
                'warn',
                html`<p>The forge does not tell us of merge requests: its webhook could not be registered.</p>
                <form method="post" action="${action}/enable"><button class="plain small">Try again</button></form>`,
              )
            }
            ${connectionCard(addresses, project)}
            ${tokensCard(action, view.tokens, view.created)}
            ${view.cards}
            <div class="grid">${settingsCard(action, project)}${disableCard(action)}</div>`
      }`,
  });
}
