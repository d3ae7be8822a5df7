import { html, page, pagePath, pagePolicy, serverPagePath, type Addresses } from '../../common';

/** This one page runs our own script: where a link points stands in its fragment, which browsers do not send. */
export const runLinkPolicy = `${pagePolicy}; script-src 'self'`;

/** The script's file name below the pages' assets. */
export const runLinkScriptName = 'assets/run-link.js';

/** Goes on to the page that the fragment of the client's own UI names. */
export const runLinkScript = `
const { pages } = document.querySelector('main a').dataset;
const [, experiment, run] = /^#\\/experiments\\/([0-9]+)(?:\\/runs\\/([0-9a-f]{32}))?/.exec(location.hash) ?? [];
location.replace(run ? pages + 'runs/' + run : experiment ? pages + 'experiments/' + experiment : pages + 'experiments');
`.trim();

/** Where the links lead that the MLflow client prints ("View run … at", "View experiment at"). */
export function runLinkPage(addresses: Addresses, project: string): string {
  const pages = pagePath(addresses, project, '');
  return page({
    addresses,
    project,
    title: 'Experiments',
    body: html`<h1>Experiments</h1>
<p>This is the project's tracking URI. Its pages stand at <a href="${pages}experiments" data-pages="${pages}">its experiments</a>.</p>
<script src="${serverPagePath(addresses, runLinkScriptName)}"></script>`,
  }).markup;
}
