// A demo sign-in fills the form; signing in stays the person's own press.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-fill]");
  if (!button) return;
  document.querySelector("[name=login]").value = button.dataset.fill;
  document.querySelector("[name=password]").value = button.dataset.password;
  document.querySelector(".account-form .btn-primary").focus();
});
