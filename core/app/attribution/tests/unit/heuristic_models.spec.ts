import { test } from '@japa/runner'
import { firstTouch } from '../../models/first_touch.ts'
import { lastNonDirect } from '../../models/last_non_direct.ts'
import { lastTouch } from '../../models/last_touch.ts'
import { linear } from '../../models/linear.ts'
import { positionBased } from '../../models/position_based.ts'
import { timeDecay } from '../../models/time_decay.ts'
import { creditsOf, stepsOf, stepsOn } from '../helpers/paths.ts'

test.group('One touch takes all', () => {
  test('{name} of {path}')
    .with([
      { name: 'first_touch', rule: firstTouch, path: 'A > B > C', credits: ['1', '0', '0'] },
      { name: 'last_touch', rule: lastTouch, path: 'A > B > C', credits: ['0', '0', '1'] },
      // Direct is an ordinary touch in every model but last_non_direct.
      { name: 'first_touch', rule: firstTouch, path: 'Direct > A', credits: ['1', '0'] },
      { name: 'last_touch', rule: lastTouch, path: 'A > Direct', credits: ['0', '1'] },
      {
        name: 'last_non_direct',
        rule: lastNonDirect,
        path: 'A > B > Direct',
        credits: ['0', '1', '0'],
      },
      {
        name: 'last_non_direct',
        rule: lastNonDirect,
        path: 'A > Direct > B',
        credits: ['0', '0', '1'],
      },
      {
        name: 'last_non_direct',
        rule: lastNonDirect,
        path: 'Direct > Direct',
        credits: ['0', '1'],
      },
    ])
    .run(({ assert }, { rule, path, credits }) => {
      assert.deepEqual(creditsOf(rule, stepsOf(path)), credits)
    })
})

test.group('Linear', () => {
  test('the same to each touch, the remainder on the last', ({ assert }) => {
    assert.deepEqual(creditsOf(linear, stepsOf('A')), ['1'])
    assert.deepEqual(creditsOf(linear, stepsOf('A > B > A > C')), ['0.25', '0.25', '0.25', '0.25'])
    // 1/3 = 0.333 333 333 3…; 1 − 2 × 0.333333333 = 0.333333334
    assert.deepEqual(creditsOf(linear, stepsOf('A > B > C')), [
      '0.333333333',
      '0.333333333',
      '0.333333334',
    ])
  })
})

test.group('Time decay', () => {
  test('a half-life apart: 1 to 2 to 4', ({ assert }) => {
    // Weights 1/4, 1/2, 1 → 1/7, 2/7, 4/7; the last takes 1 − 0.142857142 − 0.285714285.
    assert.deepEqual(creditsOf(timeDecay(7), stepsOn(0, 7, 14)), [
      '0.142857142',
      '0.285714285',
      '0.571428573',
    ])
    // Weights 1/2, 1 → 1/3, 2/3.
    assert.deepEqual(creditsOf(timeDecay(1.5), stepsOn(0, 1.5)), ['0.333333333', '0.666666667'])
  })

  test('parts of a half-life', ({ assert }) => {
    // 2^(−1/7) = 0.905 723 664 264; ÷ 1.905 723 664 264 = 0.475 264 951 18…
    assert.deepEqual(creditsOf(timeDecay(7), stepsOn(0, 1)), ['0.475264951', '0.524735049'])
    // Half-life 2 days, ages 4, 3, 2, 0: weights 0.25, 0.353 553 391, 0.5, 1, sum 2.103 553 391.
    assert.deepEqual(creditsOf(timeDecay(2), stepsOn(0, 1, 2, 4)), [
      '0.118846519',
      '0.16807436',
      '0.237693039',
      '0.475386082',
    ])
  })

  test('touches of one time weigh the same, years apart the last has all', ({ assert }) => {
    assert.deepEqual(creditsOf(timeDecay(7), stepsOn(3, 3, 3, 3)), ['0.25', '0.25', '0.25', '0.25'])
    assert.deepEqual(creditsOf(timeDecay(0.001), stepsOn(0, 365)), ['0', '1'])
  })
})

test.group('Position based', () => {
  test('{first}/{last} over {length} touches')
    .with([
      { first: 0.4, last: 0.4, length: 1, credits: ['1'] },
      { first: 0.4, last: 0.4, length: 2, credits: ['0.5', '0.5'] },
      { first: 0.4, last: 0.4, length: 3, credits: ['0.4', '0.2', '0.4'] },
      { first: 0.4, last: 0.4, length: 4, credits: ['0.4', '0.1', '0.1', '0.4'] },
      {
        // 0.2 ÷ 3 = 0.066 666 666 …; the last takes the rest.
        first: 0.4,
        last: 0.4,
        length: 5,
        credits: ['0.4', '0.066666666', '0.066666666', '0.066666666', '0.400000002'],
      },
      // 0.6 : 0.2 = 3 : 1
      { first: 0.6, last: 0.2, length: 2, credits: ['0.75', '0.25'] },
      { first: 0.1, last: 0.2, length: 2, credits: ['0.333333333', '0.666666667'] },
      { first: 0.6, last: 0.2, length: 3, credits: ['0.6', '0.2', '0.2'] },
      { first: 0.7, last: 0.3, length: 3, credits: ['0.7', '0', '0.3'] },
      { first: 0.3, last: 0, length: 2, credits: ['1', '0'] },
      { first: 0, last: 0, length: 1, credits: ['1'] },
    ])
    .run(({ assert }, { first, last, length, credits }) => {
      const steps = stepsOn(...Array.from({ length }, (_, day) => day))
      assert.deepEqual(creditsOf(positionBased({ first, last }), steps), credits)
    })
})
