import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { exerciseFolder } from '../../curriculum/exercises.ts'
import { contentPath, relativeToProject } from '../../curriculum/files.ts'
import { StartError } from '../../server/start-error.ts'

/** Copies the template to content/exercises/<topic>/<slug>. `name` is `topic/slug`. Returns the folder, as authors know it. */
export function scaffold(name: string): string {
  const [, topic, slug] = /^([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(name) ?? []
  if (topic === undefined || slug === undefined)
    throw new StartError(`"${name}" is not topic/slug: small letters, digits and hyphens, as in services/two-ports.`)
  const taken = exerciseFolder(slug)
  if (taken !== undefined) throw new StartError(`${relativeToProject(taken)} has this slug already.`)
  const folder = contentPath('exercises', topic, slug)
  if (existsSync(folder)) throw new StartError(`${relativeToProject(folder)} exists already.`)
  cpSync(join(import.meta.dirname, 'template'), folder, { recursive: true })
  return relativeToProject(folder)
}
