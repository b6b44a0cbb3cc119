import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core'

/** The one accent. Shade 7 carries white text at AA; 4 and 5 are its light on dark surfaces. */
const iris: MantineColorsTuple = [
  '#f4f4ff',
  '#e8e8fd',
  '#cfcef9',
  '#b2b0f4',
  '#9d9aef',
  '#827ee6',
  '#6a65da',
  '#5650c9',
  '#4741af',
  '#37338a',
]

/** Mantine's dark surfaces in the tint of `tokens.css`; 7 is the page, 6 what lies on it. */
const dark: MantineColorsTuple = [
  '#eceef1',
  '#c9cdd5',
  '#a3a9b5',
  '#8b919e',
  '#363a43',
  '#262a31',
  '#1a1c21',
  '#0e0f12',
  '#0b0c0e',
  '#08090a',
]

export const theme: MantineThemeOverride = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 7, dark: 7 },
  colors: { iris, dark },
  fontFamily: "'Inter Variable', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace:
    "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontWeight: '600' },
  defaultRadius: 'sm',
  radius: { xs: '4px', sm: '7px', md: '10px', lg: '14px', xl: '20px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 550 } } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true, arrowSize: 6, multiline: true } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md' } },
    Popover: { defaultProps: { shadow: 'md', radius: 'md' } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.35 } } },
    Checkbox: { defaultProps: { radius: 'xs' } },
    Select: { defaultProps: { checkIconPosition: 'right', comboboxProps: { shadow: 'md' } } },
  },
})

/** Mantine's own variables, pointed at the tokens of `tokens.css`, which know light from dark. */
const shared = {
  '--mantine-color-body': 'var(--af-bg)',
  '--mantine-color-text': 'var(--af-text)',
  '--mantine-color-dimmed': 'var(--af-text-2)',
  '--mantine-color-placeholder': 'var(--af-text-3)',
  '--mantine-color-anchor': 'var(--af-accent-text)',
  '--mantine-color-default': 'var(--af-surface)',
  '--mantine-color-default-hover': 'var(--af-hover)',
  '--mantine-color-default-color': 'var(--af-text)',
  '--mantine-color-default-border': 'var(--af-border-strong)',
  '--mantine-color-error': 'var(--af-bad)',
  '--mantine-color-disabled': 'var(--af-sunken)',
  '--mantine-color-disabled-color': 'var(--af-text-3)',
  '--mantine-color-disabled-border': 'var(--af-border)',
}

export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
})
