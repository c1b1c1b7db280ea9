/** @ngrok/webernetes, if it is installed: bundled first, since its modules import folders, which Node does not load. */
import { mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { DEPLOYMENT, type Emulator, SERVICE } from './task.ts'

interface Process {
  listenHttp(port: number, answer: () => Promise<{ statusCode: number; body: string }>): void
  waitUntilKilled(): Promise<number>
}

interface TheirCluster {
  registerImage(image: unknown): void
  init(): Promise<void>
  apply(objects: readonly object[]): Promise<unknown>
  fetch(url: string): Promise<{ readonly statusCode: number }>
  close(): Promise<void>
}

interface Module {
  readonly Cluster: new () => TheirCluster
  readonly BaseImage: new () => object
}

function installed(): boolean {
  try {
    createRequire(import.meta.url).resolve('@ngrok/webernetes/package.json')
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED'
  }
}

async function load(): Promise<Module> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'webernetes-')), 'bundle.mjs')
  const stdin = { contents: "export { BaseImage, Cluster } from '@ngrok/webernetes'", resolveDir: import.meta.dirname }
  await build({ stdin, bundle: true, format: 'esm', platform: 'node', outfile, logLevel: 'error' })
  return (await import(pathToFileURL(outfile).href)) as Module
}

function imageOf({ BaseImage }: Module): unknown {
  return class extends BaseImage {
    static readonly imageName = 'nginx'
    static readonly imageVersion = '1.27'
    readonly defaultCommand = ['server']
    async exec(process: Process): Promise<number> {
      process.listenHttp(80, async () => ({ statusCode: 200, body: 'Welcome to nginx!' }))
      return await process.waitUntilKilled()
    }
  }
}

/** Undefined where the package is not there. */
export async function webernetes(): Promise<Emulator<TheirCluster> | undefined> {
  if (!installed()) return undefined
  const module = await load()
  const image = imageOf(module)
  const ask = async (cluster: TheirCluster): Promise<boolean> => {
    try {
      return (await cluster.fetch('http://node-1:30080')).statusCode === 200
    } catch {
      return false
    }
  }
  return {
    async boot() {
      const cluster = new module.Cluster()
      cluster.registerImage(image)
      await cluster.init()
      return cluster
    },
    async firstAnswer(cluster) {
      await cluster.apply([DEPLOYMENT, SERVICE])
      while (!(await ask(cluster))) await new Promise((resolve) => setTimeout(resolve, 5))
    },
    close: (cluster) => cluster.close(),
  }
}
