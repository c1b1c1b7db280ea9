import { execFileSync } from 'node:child_process'
import { readdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface RealKubectl {
  readonly path: string
  /** 33 of 1.33. */
  readonly minor: number
}

/** The newest of the kubectls that lie beside the one on PATH, or that one. */
export function newestKubectl(): RealKubectl | undefined {
  try {
    const onPath = realpathSync(execFileSync('which', ['kubectl'], { encoding: 'utf8' }).trim())
    const versions = readdirSync(dirname(onPath))
      .filter((name) => /^kubectl\.1\.\d+$/.test(name))
      .sort((a, b) => Number(a.split('.')[2]) - Number(b.split('.')[2]))
    const newest = versions.at(-1)
    const path = newest ? join(dirname(onPath), newest) : onPath
    const text = execFileSync(path, ['version', '--client', '-o', 'json'], { encoding: 'utf8' })
    const { clientVersion } = JSON.parse(text) as { readonly clientVersion: { readonly minor: string } }
    return { path, minor: Number.parseInt(clientVersion.minor, 10) }
  } catch {
    return undefined
  }
}
