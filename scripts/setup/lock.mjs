// One set-up at a time in one checkout: a lock file that names its owner, taken over when that process is gone.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { STATE } from './stamps.mjs'

const LOCK = join(STATE, 'lock')
const RETRY_MS = 300

/** Runs `work` while no other set-up does. */
export function withLock(work) {
  mkdirSync(STATE, { recursive: true })
  for (let told = false; !take(); told = true) {
    if (!told) console.error(`[set-up] waiting for another set-up (process ${owner()})`)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS)
  }
  process.once('exit', release)
  try {
    return work()
  } finally {
    release()
    process.off('exit', release)
  }
}

function take() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!isAlive(owner())) rmSync(LOCK, { force: true })
    return false
  }
}

function owner() {
  try {
    return Number(readFileSync(LOCK, 'utf8'))
  } catch {
    return 0
  }
}

/** A lock without a number was made a moment ago, or its maker died within that moment: wait for the next look. */
function isAlive(pid) {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function release() {
  if (owner() === process.pid) rmSync(LOCK, { force: true })
}
