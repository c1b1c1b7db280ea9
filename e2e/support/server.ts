import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'

/** Beside the site's own port; another for each worker. */
const port = Number(process.env.E2E_PORT ?? 3210) + 1 + Number(process.env.TEST_PARALLEL_INDEX ?? 0)

/** A server of a test's own, on a database of its own, that may be stopped or killed and started again. */
export class OwnServer {
  readonly origin = `http://localhost:${port}`
  readonly #data = mkdtempSync(join(tmpdir(), 'slipway-e2e-'))
  #process: ChildProcess | undefined

  /** Starts it, and waits until it answers. */
  async start(): Promise<void> {
    this.#process = spawn(process.execPath, ['--import', 'tsx', 'server/index.ts'], {
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), SLIPWAY_DATA: this.#data },
      stdio: 'inherit',
    })
    const status = () =>
      fetch(`${this.origin}/en`).then(
        (answer) => answer.status,
        () => 0,
      )
    await expect.poll(status, { timeout: 60_000 }).toBe(200)
  }

  /** Ends it by a signal; what it kept stays for the next start. */
  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const running = this.#process
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const gone = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    await gone
  }

  /** Ends it for good, with all that it kept. */
  async remove(): Promise<void> {
    await this.stop('SIGTERM')
    rmSync(this.#data, { recursive: true, force: true })
  }
}
