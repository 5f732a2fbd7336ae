#!/usr/bin/env node
/**
 * Makes a checkout ready: `node scripts/setup.mjs` installs, `... build` also builds.
 * Does nothing when nothing changed. Plain Node without dependencies, since the very
 * first run happens on whatever Node (>= 20) the machine has; node_modules brings the
 * project's own Node, which every npm script finds first on its PATH.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const windows = process.platform === 'win32';
const lockFile = '.setup.lock';

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

function fail(message) {
  console.error(`setup: ${message}`);
  process.exit(1);
}

function hash(paths) {
  const h = createHash('sha256');
  const walk = (path) => {
    const st = statSync(path, { throwIfNoEntry: false });
    if (st?.isDirectory()) {
      for (const name of readdirSync(path).sort()) walk(join(path, name));
    } else if (st) {
      h.update(`${path.replaceAll('\\', '/')}\0`)
        .update(readFileSync(path))
        .update('\0');
    }
  };
  paths.forEach(walk);
  return h.digest('hex');
}

const alive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (e) {
    return e.code === 'EPERM';
  }
};

/**
 * One setup at a time. The file names the setup and its npm: a killed `npm ci` lives on
 * for seconds while it takes node_modules away, and must not meet the next one.
 */
async function lock() {
  for (let said = false; ; await sleep(200)) {
    try {
      writeFileSync(lockFile, `${process.pid}\n`, { flag: 'wx' });
      process.on('exit', () => rmSync(lockFile, { force: true }));
      return;
    } catch (e) {
      if (e.code !== 'EEXIST') throw e;
    }
    const pids = read(lockFile).split('\n').filter(Boolean).map(Number);
    if (pids.length && !pids.some(alive)) rmSync(lockFile, { force: true });
    else if (!said) console.error(`setup: waiting for another setup (${pids.join(', ')})`);
    said = true;
  }
}

/** npm is a .cmd file on Windows, so it takes a shell there. */
function npm(args, { env, quiet = false }) {
  return new Promise((resolve) => {
    const child = spawn('npm', args, {
      env: { ...process.env, NODE_OPTIONS: '', ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      shell: windows,
    });
    if (child.pid) appendFileSync(lockFile, `${child.pid}\n`);
    let out = '';
    child.stdout?.on('data', (d) => (out += d));
    child.stderr?.on('data', (d) => (out += d));
    child.on('error', (e) => resolve({ code: 1, out: String(e) }));
    child.on('close', (code, signal) => resolve({ code: code ?? signal, out }));
  });
}

const installStamp = join('node_modules', '.setup-stamp');
const buildStamp = join('dist', '.setup-stamp');
const installWanted = () =>
  `${hash(['package-lock.json', '.npmrc'])} ${process.platform}-${process.arch}`;
const buildWanted = () =>
  hash([
    'apps',
    'libs',
    '.swcrc',
    'nest-cli.json',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
  ]);

async function install() {
  const wanted = installWanted();
  if (read(installStamp) === wanted) return;
  console.error('setup: npm ci');
  const t = Date.now();
  // node_modules is about to be replaced: don't run npm with the Node inside it
  const PATH = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((dir) => !dir.includes('node_modules'))
    .join(delimiter);
  // the two --include: NODE_ENV=production or an omit in the user's npmrc would leave them out
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
    '--prefer-offline',
  ];
  const { code } = await npm(args, { env: { PATH } });
  if (code !== 0) fail(`npm ci ended with ${code}`);
  writeFileSync(installStamp, wanted);
  console.error(`setup: npm ci took ${seconds(t)}`);
}

/** Where no packaged Node exists (macOS), the machine's own must be new enough. */
function checkRuntime() {
  const wanted = JSON.parse(read('package.json')).runtime.node;
  const own = join(root, 'node_modules', '.bin', windows ? 'node.cmd' : 'node');
  const command = existsSync(own) ? `"${own}"` : 'node';
  const found = spawnSync(`${command} --version`, { shell: true, encoding: 'utf8' }).stdout.trim();
  const [a, b] = [found.slice(1), wanted].map((v) => v.split('.').map(Number));
  if (!(a[0] > b[0] || (a[0] === b[0] && a[1] >= b[1])))
    fail(`needs Node >= ${wanted}, found ${found || 'none'}; install one, none is packaged here`);
}

async function build() {
  const wanted = buildWanted();
  if (read(buildStamp) === wanted) return;
  console.error('setup: build');
  const t = Date.now();
  rmSync('dist', { recursive: true, force: true });
  const { code, out } = await npm(['run', '--silent', 'build'], { quiet: true });
  if (code !== 0) {
    console.error(out);
    fail(`build ended with ${code}`);
  }
  mkdirSync('dist', { recursive: true });
  writeFileSync(buildStamp, wanted);
  console.error(`setup: build took ${seconds(t)}`);
}

const withBuild = process.argv.includes('build');
const ready = () =>
  read(installStamp) === installWanted() && (!withBuild || read(buildStamp) === buildWanted());

if (!ready()) {
  await lock();
  await install();
  checkRuntime();
  if (withBuild) await build();
}
