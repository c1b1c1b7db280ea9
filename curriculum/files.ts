/** Where content/ lies and how its folders are read; file names in errors are relative to the project. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ContentError } from './content-error.ts'

/** Absolute path of something in content/. */
export const contentPath = (...parts: readonly string[]): string =>
  path.join(/* turbopackIgnore: true */ process.cwd(), 'content', ...parts)

/** `content/lessons/…` as an author knows it. */
export const relativeToProject = (file: string): string => path.relative(process.cwd(), file).split(path.sep).join('/')

/** Names of the folders in a folder of content/, sorted; none if it is not there. */
export function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** Files of a folder by name, sorted; none if the folder is not there. */
export function filesIn(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map()
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort()
  return new Map(names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]))
}

/** A file's text. Throws ContentError if it is missing. */
export function readText(file: string): string {
  if (!existsSync(file)) throw new ContentError(relativeToProject(file), 1, 'this file is missing')
  return readFileSync(file, 'utf8')
}
