package io.vitrine.format.text;

/** Symbols of the chemical elements by atomic number. */
final class Elements {
  private static final String[] SYMBOLS =
      ("H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se"
              + " Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm"
              + " Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac"
              + " Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv"
              + " Ts Og")
          .split(" ");

  private Elements() {}

  /** The symbol of an atomic number that is in a text. */
  static String symbol(String number) {
    int z = number.matches("\\d{1,3}") ? Integer.parseInt(number) : 0;
    if (z < 1 || z > SYMBOLS.length) {
      throw new IllegalArgumentException(
          "expected an atomic number of 1 to " + SYMBOLS.length + ", found '" + number + "'");
    }
    return SYMBOLS[z - 1];
  }
}
