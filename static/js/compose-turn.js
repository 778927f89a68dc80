// One change of kind at a time, which the server answers: until then the fields are those of
// neither. Of what is asked for meanwhile, only the last is done, after it.
// `window.turn` is for the other modules: hashed file names rule out one module importing another.

const state = { isTaken: false, next: null };

async function take(act) {
  state.next = act;
  if (state.isTaken) return;
  state.isTaken = true;
  try {
    while (state.next) {
      const now = state.next;
      state.next = null;
      await now();
    }
  } finally {
    state.isTaken = false;
  }
}

window.turn = { take };
