/** The course: the tracks of content/tracks.yaml, each a study note, in the order to take them. */

import { ContentError } from './content-error.ts'
import { contentPath, foldersIn, readText } from './files.ts'
import { remember } from './remember.ts'
import { type TrackDefinition, tracksSchema } from './schemas.ts'
import { lineOf, parseYaml } from './yaml-source.ts'

const FILE = 'content/tracks.yaml'

/** All tracks, in course order. Throws ContentError where one names no lesson, or a lesson stands in none or in two. */
export const listTracks = (): readonly TrackDefinition[] =>
  remember('tracks.yaml', () => {
    const source = readText(contentPath('tracks.yaml'))
    return tracksOf(source, foldersIn(contentPath('lessons')))
  })

/** As listTracks, for a text and the names of the lessons' folders. */
export function tracksOf(source: string, folders: readonly string[]): readonly TrackDefinition[] {
  const tracks = parseYaml(source, FILE, tracksSchema)
  const seen = new Set<string>()
  for (const [i, track] of tracks.entries())
    for (const [j, slug] of track.lessons.entries()) {
      const line = lineOf(source, [i, 'lessons', j])
      if (!folders.includes(slug)) throw new ContentError(FILE, line, `there is no folder content/lessons/${slug}`)
      if (seen.has(slug)) throw new ContentError(FILE, line, `the lesson ${slug} already stands in a track`)
      seen.add(slug)
    }
  const forgotten = folders.find((slug) => !seen.has(slug))
  if (forgotten !== undefined) throw new ContentError(FILE, 1, `no track has the lesson ${forgotten}`)
  return tracks
}
