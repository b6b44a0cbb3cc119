import { indexBlocked, replaceIdentitySettings, showIdentitySettings } from './endpoints/guards.ts'
import { findPersons, showPerson } from './endpoints/persons.ts'
import { createSplit, deleteSplit, indexSplits } from './endpoints/splits.ts'

export default [
  findPersons,
  showPerson,
  indexSplits,
  createSplit,
  deleteSplit,
  indexBlocked,
  showIdentitySettings,
  replaceIdentitySettings,
]
