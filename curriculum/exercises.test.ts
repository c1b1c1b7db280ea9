/** Every exercise is proved: untouched gives nothing, each right way everything, each mistake fails on what it names. */
import { describe, expect, it } from 'vitest'
import { exerciseSlugs } from './exercises.ts'
import { claimsOf, PROOF_SEEDS, prove } from './prove.ts'

describe.each(exerciseSlugs())('exercise %s', (slug) => {
  const claims = claimsOf(slug).flatMap((claim) => PROOF_SEEDS.map((seed) => ({ ...claim, seed })))

  it.each(claims)('gives $must for $script (seed $seed)', async ({ seed, ...claim }) => {
    const { report, failed, named, printed, holds } = await prove(slug, claim, seed)
    expect({ failed, printed: holds ? '' : printed }).toEqual({ failed: named, printed: '' })
    if (claim.must === 'everything') expect(report.points).toBe(report.outOf)
    if (claim.must === 'nothing') expect(report.points).toBe(0)
    for (const criterion of claim.must === 'fail' ? report.criteria.filter((c) => !c.passed) : []) {
      expect(criterion.expected?.ko).not.toBe('')
      expect(criterion.yours).not.toEqual(criterion.expected)
      expect(criterion.why?.ko).not.toBe('')
      expect(criterion.why?.en).not.toBe('')
    }
  })
})
