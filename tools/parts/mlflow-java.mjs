// MLflow's Java client with what it needs, from Maven Central.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, mayUseApt } from './apt.mjs';
import { cached, cachedProduct } from './cache.mjs';
import { Missing, namedBy, onPath, run } from './commands.mjs';

/** Maven Central has no newer one under this name. */
const VERSION = '2.17.2';
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
const KEY = `mlflow-java-${VERSION}`;
const JARS = 'jars';

/** SHA-256 of each jar that the client brings. */
const SUMS = {
  [`mlflow-client-${VERSION}.jar`]: '70179cac4d2f928570f6104018fd5f87c26f7ec098ee721c82a533439ecfe379',
  'slf4j-api-1.7.25.jar': '18c4a0095d5c1da6b817592e767bb23d29dd2f560ad74df75ff3961dbde25b79',
};

/** @returns {{binary: string, classpath: string} | undefined} */
export function find() {
  const java = javaWithCompiler();
  const first = cachedProduct(KEY, join(JARS, Object.keys(SUMS)[0] ?? ''));
  return java && first ? { binary: java, classpath: classpathOf(join(first, '..')) } : undefined;
}

/** @returns {Promise<{binary: string, classpath: string}>} */
export async function install() {
  if (!javaWithCompiler() || !onPath('mvn')) {
    if (!mayUseApt()) throw new Missing('There is no JDK with Maven on PATH, and only root can install them.');
    await aptInstall(['default-jdk-headless', 'maven']);
  }
  const [java, maven] = [javaWithCompiler(), onPath('mvn')];
  if (!java || !maven) throw new Missing('apt-get installed a JDK and Maven, but they are not on PATH.');
  const folder = await cached(KEY, join(JARS, Object.keys(SUMS)[0] ?? ''), (unfinished) =>
    fetchJars(maven, unfinished),
  );
  return { binary: java, classpath: classpathOf(join(folder, JARS)) };
}

/** The tests start from source, which a Java without its compiler cannot. */
function javaWithCompiler() {
  const java = namedBy('ASSAY_TEST_JAVA');
  if (java) return java;
  return onPath('javac') ? onPath('java') : undefined;
}

/** @param {string} jars */
function classpathOf(jars) {
  return Object.keys(SUMS)
    .map((name) => join(jars, name))
    .join(delimiter);
}

/**
 * @param {string} maven
 * @param {string} folder
 */
async function fetchJars(maven, folder) {
  const client = `<groupId>org.mlflow</groupId><artifactId>mlflow-client</artifactId><version>${VERSION}</version>`;
  writeFileSync(
    join(folder, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>assay</groupId><artifactId>mlflow-java</artifactId><version>1</version>
<dependencies><dependency>${client}</dependency></dependencies></project>\n`,
  );
  mkdirSync(join(folder, JARS));
  const to = [`-DoutputDirectory=${JARS}`, '-DincludeScope=runtime'];
  await run(maven, ['-q', '-B', `${PLUGIN}:copy-dependencies`, ...to], { cwd: folder });
  for (const [name, sum] of Object.entries(SUMS)) {
    const found = createHash('sha256')
      .update(readFileSync(join(folder, JARS, name)))
      .digest('hex');
    if (found !== sum) throw new Error(`${name} has the SHA-256 ${found}, not ${sum}`);
  }
}
