import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface Case {
  readonly name: string
  readonly topic: string
  readonly files?: { readonly [path: string]: string }
  readonly steps: readonly { readonly run: string; readonly settle?: number }[]
}

export interface StepResult {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

export interface Transcript {
  readonly name: string
  readonly topic: string
  readonly steps: readonly (StepResult & { readonly run: string })[]
}

/** In the past, so that the cluster's present does not overtake the clock of a real kubectl, which counts ages itself. */
export const START_TIME = Date.UTC(2026, 10, 20, 22, 46, 40)
/** What a command takes on a real machine before the next one is typed. */
export const STEP_MS = 150
/** The machine that a case runs on, as root in this folder. */
export const HOST = 'controlplane'
export const FOLDER = '/root/work'

/** All cases of a file or folder, in the order of their paths. */
export function readCases(path: string): readonly Case[] {
  if (statSync(path).isDirectory())
    return readdirSync(path)
      .sort()
      .flatMap((entry) => readCases(join(path, entry)))
  if (!path.endsWith('.json')) return []
  const value: Case = JSON.parse(readFileSync(path, 'utf8'))
  return Array.isArray(value.steps) ? [value] : []
}
