// What a step was done for, kept in .setup/: a step is repeated when the content of its inputs changes, never by dates.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const STATE = '.setup'
const IGNORED = new Set(['generated', 'node_modules', '.DS_Store'])

/** One hash over files and folders (recursively, in a fixed order); what does not exist counts as absent. */
export function contentHash(paths) {
  const hash = createHash('sha256')
  for (const path of paths) addTo(hash, path)
  return hash.digest('hex')
}

function addTo(hash, path) {
  if (!existsSync(path)) return
  if (!statSync(path).isDirectory()) {
    if (!/\.test\.tsx?$/.test(path)) hash.update(`${path}\0`).update(readFileSync(path))
    return
  }
  for (const name of readdirSync(path).sort()) if (!IGNORED.has(name)) addTo(hash, join(path, name))
}

const stampFile = (step) => join(STATE, step.replaceAll(' ', '-'))

export function isDone(step, inputs) {
  return existsSync(stampFile(step)) && readFileSync(stampFile(step), 'utf8') === inputs
}

/** Takes the stamp away before the work, so that an interrupted step is done again. */
export function forget(step) {
  rmSync(stampFile(step), { force: true })
}

export function remember(step, inputs) {
  mkdirSync(STATE, { recursive: true })
  writeFileSync(stampFile(step), inputs)
}
